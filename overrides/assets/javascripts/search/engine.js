// The search: an index's files in, answers to questions out. Knows no page and no network.

import { analyser } from "./concepts.js";
import { openLexicon } from "./lexicon.js";
import { isHan, normaliser, units } from "./normalise.js";
import { passageReader, prepare } from "./passage.js";
import { rank } from "./rank.js";
import { recognise } from "../common/recognise.js";
import { SETTINGS } from "./settings.js";
import { stem } from "./stem.js";
import { openSounds } from "./sounds.js";
import { openVocabulary } from "./vocabulary.js";

const LONGEST_QUESTION = 400;

export async function openSearch({ load, settings: changed = {} }) {
  const settings = { ...SETTINGS, ...changed };
  const core = JSON.parse(await load("core.json"));
  const normalise = normaliser(core.simplified);
  const passable = new Set(core.passable.split(" "));
  const stop = new Set(core.stop.split(" "));
  const lexicon = openLexicon(core.kinds, core.lexicon, passable);
  const vocabulary = openVocabulary(core, load);
  const { opposites } = core;
  const analyse = analyser({ lexicon, vocabulary, stop, opposites }, settings);
  const texts = new Map();
  const blocks = new Map();
  let sounds = null;
  let words = null;

  const once = (map, key, make) => {
    if (!map.has(key)) map.set(key, make());
    return map.get(key);
  };

  async function title(number) {
    if (core.titles) return core.titles[number];
    const name = `d-${Math.floor(number / core.block)}.json`;
    return (await once(blocks, name, async () => JSON.parse(await load(name))))[number % core.block];
  }

  const text = (number) =>
    once(texts, number, async () => {
      const [answer, sections] = JSON.parse(await load(`t-${number}.json`));
      return { answer, sections: sections.map((section) => prepare(section, normalise, stop)) };
    });

  async function loadSounds() {
    const table = JSON.parse(await load("sounds.json"));
    const words = [
      ...[...lexicon.han].map((word) => [word, 100]),
      ...vocabulary.han
        .filter((word) => word.length > 1 && !lexicon.han.has(word))
        .map((word) => [word, vocabulary.frequency(word)]),
    ];
    sounds = openSounds(table, words, [...stop]);
  }

  // The glossary's words in the other script are wanted only by who writes it.
  const isOther = (unit) =>
    core.chinese ? !isHan(unit) && unit.length > 2 && !lexicon.latin.has(stem(unit)) : isHan(unit);

  async function understand(normal) {
    if (!words && units(normal).some(isOther)) {
      words = load("words.json").then((text) => lexicon.learn(JSON.parse(text)));
      words.catch(() => (words = null));
    }
    await words;
    if (!core.titles) await vocabulary.learn(stems(normal).filter((unit) => !stop.has(unit)));
    let analysis = analyse(normal, sounds);
    if (analysis.unknown && !sounds && core.chinese) {
      await loadSounds();
      analysis = analyse(normal, sounds);
    }
    return analysis.concepts;
  }

  async function result({ document, score, coverage }, read) {
    const [[url, own, name, type, path], { answer, sections }] = await Promise.all([
      title(document),
      text(document),
    ]);
    const { anchor, section, passage } = read(sections);
    return {
      url, anchor: own || anchor, title: name, section, path, type, answer, passage, score, coverage,
    };
  }

  async function ranked(concepts) {
    const said = concepts.flatMap(({ variants }) => variants.flatMap((each) => each.terms));
    for (const concept of concepts) {
      concept.against = (concept.against ?? []).filter((term) => !said.includes(term));
    }
    const terms = new Set([...said, ...concepts.flatMap(({ against }) => against)]);
    const postings = new Map();
    await Promise.all(
      [...terms].map(async (term) => postings.set(term, await vocabulary.postings(term))),
    );
    return rank(concepts, postings, core, settings);
  }

  // The guides for what was pasted come first.
  function withLandmarks(found, kinds) {
    const first = kinds.map((kind) => core.landmarks[kind]).filter((each) => each !== undefined);
    const rest = found.filter(({ document }) => !first.includes(document));
    const score = (rest[0]?.score ?? 0) + 1;
    return [...first.map((document) => ({ document, score, coverage: 1 })), ...rest];
  }

  // The numbers of the documents that answer a text, the best first, and what was understood.
  async function look(typed) {
    const pasted = recognise(typed);
    if (pasted?.kind === "secret") {
      return { kind: "secret", concepts: [], found: withLandmarks([], ["secret"]) };
    }
    const question = pasted ? `${pasted.rest} ${pasted.network ?? ""}` : typed;
    const concepts = await understand(normalise(question.slice(0, LONGEST_QUESTION)));
    const found = await ranked(concepts);
    if (!pasted) return { kind: "results", concepts, found };
    const kinds = pasted.mayBeSecret ? [pasted.kind, "secret"] : [pasted.kind];
    return { kind: pasted.kind, concepts, found: withLandmarks(found, kinds) };
  }

  async function find(typed, { limit = 10 } = {}) {
    const { kind, concepts, found } = await look(typed);
    const read = passageReader(concepts, lexicon);
    const results = await Promise.all(found.slice(0, limit).map((each) => result(each, read)));
    return { kind, corrected: kind === "results" ? corrected(typed, concepts) : null, results };
  }

  return { find, look };
}

const stems = (normal) => units(normal).filter((unit) => !isHan(unit)).map(stem);

// The text with its mistyped words put right, or null if there were none.
function corrected(text, concepts) {
  let better = text;
  for (const { typed, corrected: word } of concepts) {
    if (word && typed) better = better.replace(typed, word);
  }
  return better === text ? null : better;
}
