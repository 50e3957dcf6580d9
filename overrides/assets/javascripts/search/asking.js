// From a field to answers: what is typed, pasted, spoken or composed is searched for at once, and
// what looks like a secret is removed from the field before anything else is done with it.

import { recognise } from "../common/recognise.js";

// The other languages are asked when an answer covers less of the question than this, and offered
// when theirs covers so much more of it.
const WEAK = 0.6;
const BETTER_BY = 0.25;
// Milliseconds without typing after which it is worth loading the index of another language.
const SETTLED = 400;
const OFFERED = 3;

// `to` is told what happens: show({text, answer, mayBeSecret}), where answer is null for an empty
// field, offer({language, results}) of another language, refuse() of a secret, wait() and fail().
// Returns a function that reads the field again.
export function startAsking(input, { catalogue, language, limit, to }) {
  let turn = 0;
  let pause = 0;

  function read() {
    const mine = (turn += 1);
    clearTimeout(pause);
    const text = input.value.trim();
    const pasted = recognise(text);
    if (pasted?.mayBeSecret) input.value = "";
    if (pasted?.kind === "secret") return to.refuse();
    return text ? answer(text, mine, pasted) : to.show({ text, answer: null });
  }

  async function answer(text, mine, pasted) {
    const isCurrent = () => mine === turn;
    to.wait();
    try {
      const engine = await catalogue.engine(language);
      const found = await engine.find(text, { limit });
      if (!isCurrent()) return;
      to.show({ text, answer: found, mayBeSecret: pasted?.mayBeSecret });
      if (found.kind !== "results" || coverage(found) >= WEAK) return;
      pause = setTimeout(() => lookElsewhere(text, coverage(found), isCurrent), SETTLED);
    } catch {
      if (isCurrent()) to.fail();
    }
  }

  async function lookElsewhere(text, here, isCurrent) {
    const { languages } = await catalogue.manifest();
    for (const other of Object.keys(languages).filter((code) => code !== language)) {
      // An offer that cannot be made is no failure: the reader has an answer.
      const found = await catalogue
        .engine(other)
        .then((engine) => engine.find(text, { limit: OFFERED }))
        .catch(() => null);
      if (!found || !isCurrent()) return;
      if (coverage(found) >= here + BETTER_BY) {
        to.offer({ language: other, results: found.results });
        return;
      }
    }
  }

  input.addEventListener("input", (event) => {
    if (!event.isComposing) read();
  });
  input.addEventListener("compositionend", read);
  return read;
}

const coverage = ({ results }) => results[0]?.coverage ?? 0;

// Words may stand in an address; an address, a hash or a secret never does.
export const mayBeShared = (text) => text.trim() !== "" && recognise(text) === null;
