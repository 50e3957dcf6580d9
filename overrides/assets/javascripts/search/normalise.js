// Text as the search compares it, the same as normalise.py does for the index.
//
// Compatibility forms are unified (NFKC), letters made small, apostrophes straight, traditional
// Chinese characters simplified one by one.

const HAN = /[\u3400-\u4dbf\u4e00-\u9fff]/g;
const UNIT = /[\u3400-\u4dbf\u4e00-\u9fff]|[a-z0-9]+(?:['.-][a-z0-9]+)*/g;
const APOSTROPHES = /[\u2018\u2019\u02bc\u0060\u00b4]/g;

// What short forms are compared as: one phrase "not received" serves them all.
const NOT = /^(?:did|does|do|has|have|had|is|are|was|were|wo|would|ai)nt$/;
const CANNOT = /^(?:ca|could)nt$/;

export const isHan = (text) => /^[\u3400-\u4dbf\u4e00-\u9fff]/.test(text);

// `pairs` is a string of traditional characters, each followed by its simplified form.
export function normaliser(pairs) {
  const simplified = new Map();
  for (let place = 0; place < pairs.length; place += 2) {
    simplified.set(pairs[place], pairs[place + 1]);
  }
  return (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(APOSTROPHES, "'")
      .replace(HAN, (character) => simplified.get(character) ?? character);
}

// Return the single characters of Chinese and the words of everything else, in order.
export function units(normal) {
  return (normal.match(UNIT) ?? []).flatMap((word) =>
    word
      .replaceAll("'", "")
      .replaceAll(".", "-")
      .split("-")
      .map((unit) => (NOT.test(unit) ? "not" : CANNOT.test(unit) ? "cannot" : unit)),
  );
}
