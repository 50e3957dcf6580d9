// English words without their endings, the same as stem.py does for the index.

const IRREGULAR = {
  bought: "buy",
  chosen: "choose",
  chose: "choose",
  forgot: "forget",
  forgotten: "forget",
  froze: "freeze",
  frozen: "freeze",
  hidden: "hide",
  lost: "lose",
  losing: "lose",
  made: "make",
  paid: "pay",
  sent: "send",
  shown: "show",
  sold: "sell",
  stole: "steal",
  stolen: "steal",
  taken: "take",
  took: "take",
  withdrawn: "withdraw",
  withdrew: "withdraw",
  written: "write",
  wrote: "write",
};

// A consonant written twice is written once: transferred, scammer.
const DOUBLED = [/(?<=([b-df-hj-np-tv-z]))\1$/, "", 2];

// In this order, each once: ending, what takes its place, letters that must remain.
const ENDINGS = [
  [/ies$/, "y", 2],
  [/(?:(?<=[sxz])|(?<=[cs]h))es$|(?<=[^su])s$/, "", 3],
  [/ly$/, "", 4],
  [/icat(?:ion|or|ed|e|ing)$/, "", 4],
  [/(?:ed|ing)$/, "", 3],
  DOUBLED,
  [/(?:ity|(?<=[^aeiou])[iy])$/, "", 4],
  [/(?:ature|ation|ition|ure|al)$/, "", 4],
  [/ment$/, "", 3],
  [/ion$/, "", 4],
  [/(?:ance|ence|able|ible|ent|er|(?<=at)or)$/, "", 4],
  [/e$/, "", 3],
  [/at$/, "", 5],
  DOUBLED,
];

function cut(word) {
  let base = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : word;
  if (base.length < 4 || !/^[a-z]+$/.test(base)) return base;
  for (const [ending, replacement, least] of ENDINGS) {
    const place = base.search(ending);
    if (place >= least) base = base.slice(0, place) + replacement;
  }
  return base;
}

const known = new Map();

export function stem(word) {
  let base = known.get(word);
  if (base === undefined) known.set(word, (base = cut(word)));
  return base;
}
