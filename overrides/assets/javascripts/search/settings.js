// How much each kind of evidence counts. Found by measuring on the tuning questions
// (scripts/eval_search.py); docs/_decisions/0002-search.md says how.

export const SETTINGS = {
  // Ways to speak of a concept.
  synonym: 0.8,
  parts: 0.6,
  narrower: 0.35,
  prefix: 0.45,
  typo: 0.8,
  typos: 0.6,
  sound: 0.7,
  character: 0.3,
  inner: 0.15, // what the words of a phrase count beside the phrase
  // What a concept's kind counts.
  kinds: { problem: 1.2, action: 1, generic: 0.6, word: 0.8, unknown: 0.6 },
  untitled: 0.5, // words that stand in no title
  unknown: 0.6, // what a part of the question counts that nothing speaks of
  opposite: 0.7, // a title that says the opposite of what was asked
  // How evidence comes together.
  uncovered: 0.2,
  coverage: 0.8,
  title: 3,
  short: 3,
  heading: 0.2,
};
