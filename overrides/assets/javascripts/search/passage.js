// What a result shows of its document: the section that answers best, and the sentences of it that
// say most, with the places of the question's words.

import { isHan, units } from "./normalise.js";
import { stem } from "./stem.js";

const WORD = /[\u3400-\u4dbf\u4e00-\u9fff]|[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;
const SENTENCE = /(?<=[。！？；])|(?<=[.!?])\s+/u;
const LENGTH = { chinese: 90, other: 180 }; // characters
const LEAST_WEIGHT = 0.4; // of a variant that is marked

// Make text ready to be read for any question: its words as the search compares them, with places.
export function prepare([anchor, heading, text], normalise, stop) {
  const [inText, inHeading] = [text, heading].map((each) => rowOf(each, normalise, stop));
  return { anchor, heading, text, inText, inHeading };
}

function rowOf(text, normalise, stop) {
  const row = { stems: [], places: [] };
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const unit = isHan(word) ? normalise(word) : units(normalise(word))[0];
    if (!unit) continue;
    row.stems.push(isHan(unit) || stop.has(unit) ? unit : stem(unit));
    row.places.push([index, index + word.length]);
  }
  return row;
}

// Return a function that reads the prepared sections of a document for a question's concepts.
export function passageReader(concepts, lexicon) {
  const starts = startsOf(concepts, lexicon);
  const whole = concepts.reduce((sum, { importance }) => sum + importance, 0) || 1;

  // Return where words of the question stand: [start, end, concept].
  function marksOf({ stems, places }) {
    const found = [];
    for (let start = 0; start < stems.length; start += 1) {
      for (const [key, concept] of starts.get(stems[start]) ?? []) {
        const end = endOf(key, stems, start, lexicon.passable);
        if (end) found.push([places[start][0], places[end - 1][1], concept]);
      }
    }
    return found;
  }

  const worth = (marks) => {
    let sum = 0;
    for (const concept of new Set(marks.map((mark) => mark[2]))) sum += concepts[concept].importance;
    return sum / whole;
  };

  return function read(sections) {
    let best = null;
    sections.forEach((section, place) => {
      const marks = marksOf(section.inText);
      const value = worth(marks) + 0.7 * worth(marksOf(section.inHeading)) + (place ? 0 : 0.01);
      if (!best || value > best.value) best = { section, marks, value };
    });
    if (!best) return { anchor: "", section: null, passage: { text: "", marks: [] } };
    const { anchor, heading, text } = best.section;
    const [start, end] = extract(text, best.marks, worth);
    const marks = merged(best.marks.filter(([from, to]) => from >= start && to <= end));
    return {
      anchor,
      section: heading || null,
      passage: {
        text: text.slice(start, end),
        marks: marks.map(([from, to]) => [from - start, to - start]),
      },
    };
  };
}

// The first unit of every word that speaks of a concept -> [units, concept].
function startsOf(concepts, lexicon) {
  const starts = new Map();
  const add = (key, concept) => {
    if (!starts.has(key[0])) starts.set(key[0], []);
    starts.get(key[0]).push([key, concept]);
  };
  concepts.forEach(({ variants }, concept) => {
    for (const { terms, weight } of variants) {
      if (weight < LEAST_WEIGHT) continue;
      for (const term of terms) {
        if (term[0] === "#") for (const key of lexicon.keys[term.slice(1)]) add(key, concept);
        else add(isHan(term) ? [...term] : [term], concept);
      }
    }
  });
  return starts;
}

function endOf(key, stems, start, passable) {
  let place = start + 1;
  for (let unit = 1; unit < key.length; place += 1) {
    if (place >= stems.length) return 0;
    if (stems[place] === key[unit]) unit += 1;
    else if (!passable.has(stems[place])) return 0;
  }
  return place;
}

// The sentences, from one boundary on, that speak of most.
function extract(text, marks, worth) {
  const length = isHan(text) ? LENGTH.chinese : LENGTH.other;
  if (text.length <= length) return [0, text.length];
  let best = { value: -1, start: 0 };
  let place = 0;
  let low = 0; // marks are in order: those before a sentence are never looked at again
  for (const sentence of text.split(SENTENCE)) {
    const start = text.indexOf(sentence, place);
    place = start + sentence.length;
    while (low < marks.length && marks[low][0] < start) low += 1;
    const within = [];
    for (let each = low; each < marks.length && marks[each][1] <= start + length; each += 1) {
      within.push(marks[each]);
    }
    const value = worth(within);
    if (value > best.value) best = { value, start };
  }
  let end = Math.min(text.length, best.start + length);
  if (end < text.length && !isHan(text[end])) {
    const space = text.lastIndexOf(" ", end);
    if (space > best.start + length / 2) end = space;
  }
  return [best.start, end];
}

function merged(marks) {
  const found = [];
  for (const [start, end] of marks.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = found.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
}
