// A question as a list of concepts: what each part of it may be called in the index.
//
// A concept has variants, ways in which a document can speak of it: {terms, weight}, all terms
// together. A document is worth its best variant, never the sum of synonyms.

import { nearest } from "./fuzzy.js";
import { isHan, units } from "./normalise.js";
import { segment } from "./segment.js";
import { stem } from "./stem.js";

const STRONGEST = ["problem", "action", "network", "asset", "thing", "brand", "generic"];

export function analyser(parts, settings) {
  const { lexicon, vocabulary, stop, opposites } = parts;
  // Made when the first unknown word is met.
  let candidates = null;
  const known = () =>
    (candidates ??= [
      ...vocabulary.latin.map((term) => [term, term, vocabulary.frequency(term)]),
      ...vocabulary.latin
        .filter((term) => vocabulary.spelling(term) !== term)
        .map((term) => [vocabulary.spelling(term), term, vocabulary.frequency(term)]),
      ...[...lexicon.latin].map((word) => [word, word, 3]),
    ].filter(([word]) => word.length > 3 && !/\d/.test(word)));
  const met = new Map();
  const nearestOnce = (word) => {
    if (!met.has(word)) met.set(word, nearest(word, known()));
    return met.get(word);
  };
  const isKnown = (term) => vocabulary.has(term) || lexicon.latin.has(term);

  function single(term) {
    const found = [];
    for (const [end, meanings, narrower] of lexicon.from([term], 0)) {
      if (end === 1) found.push({ meanings, narrower });
    }
    return found;
  }

  // Words run together or apart by mistake: "block chain", "seedphrase".
  function rejoined(typed) {
    const found = [];
    for (const unit of typed) {
      const last = found.at(-1);
      if (last && isOpen(unit) && isOpen(last) && !(isKnown(stem(unit)) && isKnown(stem(last)))) {
        if (isKnown(stem(last + unit))) {
          found[found.length - 1] = last + unit;
          continue;
        }
      }
      found.push(...(isOpen(unit) && unit.length > 6 && !isKnown(stem(unit)) ? split(unit) : [unit]));
    }
    return found;
  }

  const isOpen = (unit) => !isHan(unit) && !stop.has(unit);

  function split(unit) {
    // One letter wrong is likelier than a forgotten space: "slipage" is not "slip age".
    if (nearestOnce(unit)[0]?.distance === 1) return [unit];
    for (let place = unit.length - 3; place >= 3; place -= 1) {
      const pair = [unit.slice(0, place), unit.slice(place)];
      if (pair.every((part) => isKnown(stem(part)))) return pair;
    }
    return [unit];
  }

  // Chinese typed as pinyin, with or without spaces, or by first letters alone.
  function spelledOut(typed, sounds) {
    const found = [];
    for (let place = 0; place < typed.length; ) {
      let end = place;
      while (end < typed.length && mayBePinyin(typed[end])) end += 1;
      if (end === place) {
        found.push(typed[place]);
        place += 1;
        continue;
      }
      const part = typed.slice(place, end);
      const letters = part.join("");
      const words = letters.length > 3 ? sounds.spelled(letters, (word) => isKnown(stem(word))) : null;
      for (const word of words ?? part.map((unit) => byInitials(unit, sounds) ?? unit)) {
        found.push(...(isHan(word) ? [...word] : [word]));
      }
      place = end;
    }
    return found;
  }

  const byInitials = (unit, sounds) =>
    unit.length > 1 && unit.length < 6 && !isKnown(stem(unit)) ? sounds.byInitials(unit) : null;

  const mayBePinyin = (unit) =>
    /^[a-z]+$/.test(unit) &&
    (unit.length < 4 || !(isKnown(stem(unit)) || stop.has(unit)));

  function ofWord(term, isLast) {
    const variants = [{ terms: [term], weight: 1 }];
    if (isLast && !isHan(term) && term.length > 2) {
      for (const longer of vocabulary.beginning(term, 8)) {
        variants.push({ terms: [longer], weight: settings.prefix });
      }
    }
    return variants;
  }

  function ofLexicon(piece, row, isLast) {
    const variants = [];
    for (const meaning of piece.meanings) add(`#${meaning}`, settings.synonym);
    for (const meaning of piece.narrower) add(`#${meaning}`, settings.narrower);
    function add(term, weight) {
      if (vocabulary.has(term)) variants.push({ terms: [term], weight });
    }
    if (vocabulary.has(piece.text)) variants.push(...ofWord(piece.text, isLast && row.length === 1));
    else if (row.length > 1) {
      const inner = inside(row, null).filter(({ kind }) => kind !== "stop");
      const terms = inner.map(termOf);
      if (terms.length > 1 && terms.every((term) => term && vocabulary.has(term))) {
        variants.push({ terms, weight: settings.parts });
      }
    }
    const kinds = [...piece.meanings, ...piece.narrower].map((meaning) => lexicon.kinds[meaning]);
    const kind = STRONGEST.find((each) => kinds.includes(each));
    const against = piece.meanings.flatMap((meaning) => opposites[meaning] ?? []);
    return {
      variants,
      kind: piece.meanings.length ? kind : "brand",
      against: against.map((meaning) => `#${meaning}`).filter(vocabulary.has),
    };
  }

  function termOf(piece) {
    if (piece.kind !== "lexicon") return piece.text;
    const meaning = [...piece.meanings, ...piece.narrower].find((each) => vocabulary.has(`#${each}`));
    return meaning === undefined ? piece.text : `#${meaning}`;
  }

  // Unknown words that are near a known one: place -> {terms, spelling, weight}, the nearest first.
  function corrections(row, typed, isOpenEnded) {
    const found = new Map();
    row.forEach((unit, place) => {
      const word = typed[place];
      if (!isOpen(word) || word.length < 4 || /\d/.test(word) || isKnown(unit)) return;
      if (isOpenEnded && place === row.length - 1 && vocabulary.beginning(word, 1).length) return;
      const near = [word, unit].map(nearestOnce).find(({ length }) => length);
      if (!near) return;
      const [{ term, other, distance }] = near;
      const spelling = vocabulary.spelling(term) === term ? other : vocabulary.spelling(term);
      const weight = distance === 1 ? settings.typo : settings.typos;
      found.set(place, { terms: near.map((each) => each.term), spelling, weight });
    });
    return found;
  }

  function ofUnknown(term, typed, isLast) {
    if (isHan(term)) return ofCharacter(term);
    const longer = isLast && typed.length > 1 ? vocabulary.beginning(typed, 8) : [];
    const variants = longer.map((each) => ({ terms: [each], weight: settings.prefix }));
    return { variants, kind: "unknown" };
  }

  // Return {concepts, unknown}: concepts are {variants, kind, text, …}, `unknown` says whether some
  // part of the question was not understood without the table of sounds.
  function analyse(normal, sounds) {
    const written = units(normal);
    const typed = rejoined(sounds ? spelledOut(written, sounds) : written);
    const isOpenEnded = !/\s$/.test(normal);
    const row = typed.map((unit) => (isHan(unit) || stop.has(unit) ? unit : stem(unit)));
    const corrected = corrections(row, typed, isOpenEnded);
    for (const [place, { terms }] of corrected) row[place] = terms[0];
    const concepts = [];
    let unknown = corrected.size > 0;

    function take(pieces, offset = 0, share = 1) {
      for (const piece of pieces) {
        const start = piece.start + offset;
        const end = piece.end + offset;
        if (piece.kind === "stop") continue;
        if (piece.kind === "unknown") unknown = true;
        const isLast = isOpenEnded && end === row.length;
        const concept = conceptOf(piece, row.slice(start, end), typed[start], isLast);
        const isPhrase = piece.kind === "lexicon" && end > start + 1;
        if (isPhrase && !concept.variants.length) {
          take(inside(row.slice(start, end), sounds), start, share);
          continue;
        }
        const asTyped = typed.slice(start, end).join("");
        concepts.push({ text: piece.text, typed: asTyped, share, ...concept });
        // What a phrase is made of says a little too, if the phrase was not what was meant.
        if (isPhrase && share === 1) {
          const inner = inside(row.slice(start, end), null);
          take(inner.filter(({ kind }) => kind !== "unknown"), start, settings.inner);
        }
        for (let place = start; place < end; place += 1) {
          if (corrected.has(place)) correct(concepts.at(-1), corrected.get(place), typed[place]);
        }
      }
    }

    const pieces = segment(row, { ...parts, sounds });
    take(pieces);
    // Nothing but stop words: titles and questions of pages are known by them too.
    if (!concepts.some(({ variants }) => variants.length)) {
      for (const { text } of pieces) {
        if (vocabulary.has(text)) concepts.push({ variants: ofWord(text, false), kind: "generic", share: 1, text });
      }
    }
    return { concepts, unknown };
  }

  function correct(concept, { terms, spelling, weight }, typed) {
    const others = concept.kind === "word" ? terms.slice(1).filter(vocabulary.has) : [];
    for (const term of others) concept.variants.push({ terms: [term], weight: 1 });
    for (const variant of concept.variants) variant.weight *= weight;
    Object.assign(concept, { typed, corrected: spelling });
  }

  const inside = (row, sounds) => segment(row, { ...parts, sounds }, { whole: false });

  function conceptOf(piece, row, typed, isLast) {
    if (piece.kind === "lexicon") return ofLexicon(piece, row, isLast);
    if (piece.kind === "sound") return ofSound(piece);
    if (piece.kind === "unknown") return ofUnknown(piece.text, typed, isLast);
    // One character alone says little.
    return { variants: ofWord(piece.text, isLast), kind: piece.text[1] ? "word" : "generic" };
  }

  // A character that nothing knows: words that contain it, a little.
  function ofCharacter(character) {
    const found = vocabulary.han.filter((word) => word.includes(character)).slice(0, 8);
    return {
      variants: found.map((word) => ({ terms: [word], weight: settings.character })),
      kind: "unknown",
    };
  }

  function ofSound(piece) {
    const variants = [];
    let kind = "word";
    if (vocabulary.has(piece.word)) variants.push({ terms: [piece.word], weight: settings.sound });
    for (const [end, meanings] of lexicon.from([...piece.word], 0)) {
      if (end !== piece.word.length) continue;
      for (const meaning of meanings) {
        if (!vocabulary.has(`#${meaning}`)) continue;
        variants.push({ terms: [`#${meaning}`], weight: settings.sound * settings.synonym });
        kind = lexicon.kinds[meaning];
      }
    }
    return { variants, kind, corrected: piece.word };
  }

  return analyse;
}
