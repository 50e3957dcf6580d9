// What a reader is told of what they entered, in the page's words. Knows no page.

import { fill } from "../common/texts.js";
import { networksOf } from "./examine.js";

// {level, verdict, rows} of what examine() found; `rows` are pairs of a term and its texts. `level`
// is "good", "careful" or "bad". `chosen` is the id of the network that the reader wants, or "".
export function describe(found, { networks, texts, chosen }) {
  const say = (name, values = {}) => fill(texts[name], values);
  if (found.kind === "unknown") {
    return { level: "careful", verdict: say("verdict.unknown"), rows: [] };
  }
  const fitting = found.kind === "address" ? networksOf(found, networks) : [];
  const network = networks.find(({ id }) => id === chosen);
  const isMatch = fitting.some(({ id }) => id === chosen);
  const [reading = {}] = found.readings ?? [];
  const isUsable = reading.checksum !== "wrong" && !reading.test;
  const [level, verdict] = judge(reading, { fitting, network, isMatch });
  const rows = [
    ["form", [formName(found, fitting, say), ...(found.isPart ? [say("form.part")] : [])]],
    ["fits", isUsable ? [fits(found, fitting, say, texts), ...notes(found, say)] : []],
    ["checksum", [checksum(reading, say)]],
    ["chosen", network && !reading.test ? [match(reading, { network, isMatch, fitting }, say)] : []],
    ["memo", isUsable ? memos(reading, network ? [network] : fitting, say) : []],
  ];
  return {
    level,
    verdict: say(verdict, { network: network?.name }),
    rows: rows.flatMap(([term, said]) => (said.length ? [[say(`row.${term}`), said]] : [])),
  };
}

function judge({ checksum, test, unusual }, { fitting, network, isMatch }) {
  if (checksum === "wrong") return ["bad", "verdict.wrong"];
  if (test) return ["bad", "verdict.test"];
  if (unusual) return ["bad", "verdict.unusual"];
  if (network && !isMatch) return ["bad", "verdict.mismatch"];
  if (!fitting.length) return ["careful", "verdict.elsewhere"];
  return checksum === "valid" ? ["good", "verdict.valid"] : ["careful", `verdict.${checksum}`];
}

const isEvm = ({ format }) => format === "evm";

function formName({ readings = [] }, fitting, say) {
  if (readings.some(({ test }) => test)) return say("form.test");
  if (readings.some(isEvm)) return say("form.evm");
  const named = fitting.filter(({ form }) => form);
  const names = named.map(({ name, form }) => say("form.named", { network: name, form }));
  if (names.length) return names.join(say("joiner"));
  if (fitting.length) return fitting.map(({ name }) => name).join(say("joiner"));
  return say(readings.some(({ word }) => word) ? "form.cosmos" : "form.other");
}

function fits({ readings: [reading] = [], network }, fitting, say, texts) {
  const names = fitting.map(({ name }) => name).join(say("joiner"));
  if (reading && isEvm(reading)) {
    return say(names ? "fits.evm" : "fits.only_evm", { networks: names });
  }
  if (names) return names;
  const word = network ?? reading.word ?? reading.format.split("-")[0];
  return say("fits.elsewhere", { network: texts[`elsewhere.${word}`] ?? word });
}

// What else has the same form.
function notes({ readings = [] }, say) {
  const isOld = readings.some(({ format }) => format === "bitcoin-base58");
  return isOld ? [say("fits.bitcoin_cash")] : [];
}

function checksum({ checksum: state = "unread", cause, letters, found, expected }, say) {
  if (state !== "wrong") return say(`checksum.${state}`);
  return say(`checksum.${cause}`, { letters: letters?.join(" "), found, expected });
}

function match({ checksum: state }, { network: { name }, isMatch, fitting }, say) {
  const values = { network: name };
  if (!isMatch) return say("chosen.mismatch", values);
  if (state === "wrong") return say("chosen.meant", values);
  return say(fitting.length > 1 ? "chosen.match_many" : "chosen.match", values);
}

function memos({ tag, format }, shown, say) {
  if (tag === null) return [say("memo.without")];
  if (tag !== undefined) return [say("memo.within", { tag })];
  return shown
    .filter(({ memo, addresses }) => memo && addresses.some((form) => form.format === format))
    .map(({ name, memo }) => say("memo.usual", { network: name, memo }));
}
