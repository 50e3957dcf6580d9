// Which documents answer a list of concepts best.

const IN_TITLE = 1;
const IN_HEADING = 2;
const LEVELS = 31;

// Return the matches of one concept: document -> {score, title, heading}.
function matches(concept, postings, counted) {
  const found = new Map();
  let inTitles = false;
  const speaking = new Set();
  const surest = Math.max(...concept.variants.map(({ weight }) => weight));
  for (const { terms, weight } of concept.variants) {
    let together = null;
    for (const term of terms) {
      const list = postings.get(term);
      const here = new Map();
      let document = 0;
      for (let place = 0; place < list.length; place += 2) {
        document += list[place];
        const impact = (list[place + 1] >> 2) / LEVELS;
        const places = list[place + 1] & 3;
        if (places & IN_TITLE) inTitles = true;
        const before = together?.get(document);
        if (!together || before) {
          here.set(document, [impact + (before?.[0] ?? 0), places & (before?.[1] ?? 3)]);
        }
      }
      together = here;
    }
    for (const [document, [sum, places]] of together) {
      const score = (weight * sum) / terms.length;
      const old = found.get(document) ?? { score: 0, title: 0, heading: 0 };
      found.set(document, {
        score: Math.max(old.score, score),
        title: places & IN_TITLE ? Math.max(old.title, weight) : old.title,
        heading: places & IN_HEADING ? Math.max(old.heading, weight) : old.heading,
      });
      if (weight >= surest * 0.6) speaking.add(document);
    }
  }
  const frequency = Math.max(1, speaking.size);
  const rarity = Math.log(1 + (counted - frequency + 0.5) / (frequency + 0.5));
  return { found, rarity: rarity * Math.min(1, surest / 0.7), inTitles };
}

// Yield the documents whose titles hold one of the terms.
function* titled(terms, postings) {
  for (const list of terms.map((term) => postings.get(term))) {
    let document = 0;
    for (let place = 0; place < list.length; place += 2) {
      document += list[place];
      if (list[place + 1] & IN_TITLE) yield document;
    }
  }
}

// Return [{document, score, coverage}] of all that match, the best first.
// Notes on each concept how much it counted.
export function rank(concepts, postings, core, settings) {
  const { documents: count, titleLengths, weights } = core;
  const totals = new Map();
  const opposed = new Set();
  let whole = 0;
  for (const concept of concepts) {
    concept.importance = 0;
    if (!concept.variants.length) {
      whole += concept.share * settings.unknown;
      continue;
    }
    const { found, rarity, inTitles } = matches(concept, postings, count);
    const kind = settings.kinds[concept.kind] ?? 1;
    const importance = concept.share * rarity * kind * (inTitles ? 1 : settings.untitled);
    concept.importance = importance;
    whole += importance;
    for (const document of titled(concept.against, postings)) {
      if (!found.get(document)?.title) opposed.add(document);
    }
    for (const [document, match] of found) {
      const total = totals.get(document) ?? { score: 0, coverage: 0, title: 0 };
      total.score += importance * match.score;
      total.coverage += importance * Math.min(1, 0.5 + match.score);
      total.title += importance * Math.max(match.title, settings.heading * match.heading);
      totals.set(document, total);
    }
  }
  const ranked = [];
  for (const [document, total] of totals) {
    const coverage = Math.min(1, total.coverage / whole);
    const title = Math.min(1, total.title / whole);
    const short = 1 + settings.short / (1 + titleLengths[document]);
    const score =
      total.score *
      (settings.uncovered + (1 - settings.uncovered) * coverage ** settings.coverage) *
      (1 + settings.title * title ** 2 * short) *
      (opposed.has(document) ? settings.opposite : 1) *
      (weights[document] / 100);
    ranked.push({ document, score, coverage });
  }
  return ranked.sort((a, b) => b.score - a.score || a.document - b.document);
}
