// The terms of an index and their postings, of which only the needed ones are loaded.

export function decode(text) {
  let before = "";
  return text.split("\n").map((line) => {
    before = before.slice(0, parseInt(line[0], 36)) + line.slice(1);
    return before;
  });
}

const isLatin = (term) => term[0] !== "#" && term.charCodeAt(0) < 128;

export function openVocabulary(core, load) {
  const terms = decode(core.terms);
  const frequency = new Map(); // term -> about the binary logarithm of its documents, plus one
  terms.forEach((term, place) => frequency.set(term, parseInt(core.frequency[place], 36)));
  const latin = terms.filter(isLatin);
  const spellings = new Map();
  const written = core.spellings.split("\n");
  terms
    .filter((term) => term.charCodeAt(0) < 128)
    .forEach((term, place) => spellings.set(term, written[place] || term));
  const han = terms.filter((term) => term.charCodeAt(0) > 127);
  const chunks = new Map();

  function chunkOf(term) {
    let low = 0;
    let high = core.chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (core.chunks[middle] <= term) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function chunk(number) {
    if (!chunks.has(number)) {
      const read = load(`p-${number}.json`).then((text) => {
        const [names, postings] = JSON.parse(text);
        return new Map(decode(names).map((term, place) => [term, postings[place]]));
      });
      chunks.set(number, read);
    }
    return chunks.get(number);
  }

  const postings = async (term) => (await chunk(chunkOf(term))).get(term) ?? [];

  // In a large index, terms of one document are only in the chunks: learn those of a question.
  async function learn(candidates) {
    for (const term of candidates) {
      if (!frequency.has(term) && (await postings(term)).length) {
        frequency.set(term, 1);
        spellings.set(term, term);
      }
    }
  }

  // Return up to `limit` terms of Latin letters that begin with `start`, the most frequent first.
  const beginning = (start, limit) =>
    latin
      .filter((term) => term.startsWith(start) && term !== start)
      .sort((a, b) => frequency.get(b) - frequency.get(a))
      .slice(0, limit);

  return {
    has: (term) => frequency.has(term),
    frequency: (term) => frequency.get(term) ?? 0,
    spelling: (term) => spellings.get(term) ?? term,
    latin,
    han,
    longestHan: han.reduce((longest, term) => Math.max(longest, term.length), 1),
    beginning,
    postings,
    learn,
  };
}
