// What a reader entered: an address, a secret that must not be kept, or something else. Knows no
// page. What it returns goes nowhere but to the screen.

import { recognise } from "../common/recognise.js";
import { readAddress } from "./read.js";

// Letters that nobody sees: they come along when text is copied.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const SHORTEST = 20;
// The 0x of a first group is often not counted.
const BEGINNING = 2;

// {kind}: "nothing", "secret", "transaction" (which may be a key), "address" with its `text` and
// `readings`, "elsewhere" with a `network` that is not read here, or "unknown".
export function examine(entered) {
  const text = entered.normalize("NFKC").replace(INVISIBLE, "").trim();
  if (!text) return { kind: "nothing" };
  const whole = inGroups(text) ? text.replace(/\s/g, "") : text;
  const pasted = recognise(text) ?? recognise(whole);
  if (pasted?.mayBeSecret) return { kind: pasted.kind };
  for (const part of [whole, ...text.split(/[^\p{L}\p{N}]+/u)]) {
    const readings = part.length >= SHORTEST ? readAddress(part) : [];
    if (readings.length) return { kind: "address", text: part, readings, isPart: part !== whole };
  }
  return pasted ? { kind: "elsewhere", network: pasted.network } : { kind: "unknown" };
}

// Addresses are written in groups of one length, to be read, or in two lines; a sentence is neither.
function inGroups(text) {
  const lengths = text.split(/\s+/).map((group) => group.length);
  if (lengths.length < 3) return true;
  const usual = lengths[1];
  const middle = lengths.slice(1, -1).every((length) => length === usual);
  return middle && lengths[0] <= usual + BEGINNING && lengths.at(-1) <= usual;
}

// The networks of the list that an address fits, each with the name of its form.
export function networksOf({ text, readings }, networks) {
  return networks.flatMap((network) => {
    const forms = network.addresses.filter(({ format, starts }) =>
      readings.some((reading) => reading.format === format && fitsWord(reading, starts)),
    );
    const named = forms.find((form) => hasForm(text, form));
    return forms.length ? [{ ...network, form: named?.name ?? null }] : [];
  });
}

const fitsWord = ({ word }, starts) => word === undefined || starts === `${word}1`;

function hasForm(text, { starts, least, most }) {
  const rest = text.length - starts.length;
  // Forms that may stand in capitals stand so as a whole.
  const compared = text === text.toUpperCase() ? [text, text.toLowerCase()] : [text];
  return compared.some((each) => each.startsWith(starts)) && rest >= least && rest <= most;
}
