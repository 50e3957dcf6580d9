// Cuts a question into words of the glossary, words of the index, stop words and what is left,
// by the most valuable way through it (Viterbi). Chinese has no other word boundaries.

import { isHan } from "./normalise.js";

const LONGEST_SOUND = 5;

// What a word is worth by its length; a single character is worth less than any longer word.
const VALUE = {
  lexicon: (length) => 2.6 * (length - 1) + 0.2,
  word: (length) => 2.2 * (length - 1) - (length > 1 ? 1 : 4),
  stop: (length) => 2 * (length - 1) - 0.5,
  sound: (length) => 1.7 * (length - 1) - (length > 1 ? 1.2 : 5),
  unknown: () => -6,
};

// A row of stemmed units becomes pieces {start, end, kind, text, meanings, narrower}. `whole` false
// leaves out the word of the glossary that would be the whole row.
export function segment(row, { lexicon, vocabulary, stop, sounds }, { whole = true } = {}) {
  const best = [0];
  const from = [null];
  const longest = Math.max(vocabulary.longestHan, 8);
  for (let end = 1; end <= row.length; end += 1) {
    best.push(-Infinity);
    from.push(null);
  }
  const offer = (start, end, kind, value, more = {}) => {
    if (best[start] + value <= best[end]) return;
    best[end] = best[start] + value;
    from[end] = { start, end, kind, ...more };
  };

  // Characters that all mean something alone are not taken for a word that only sounds like them.
  const isPlain = (run) => [...run].every((each) => stop.has(each) || vocabulary.has(each));

  const isWhole = (start, end) => !whole && start === 0 && end === row.length;

  for (let start = 0; start < row.length; start += 1) {
    for (const [end, meanings, narrower] of lexicon.from(row, start)) {
      if (isWhole(start, end)) continue;
      let length = 0;
      for (let place = start; place < end; place += 1) length += isHan(row[place]) ? 1 : 2;
      const single = end === start + 1 && isHan(row[start]);
      const value = single ? -1 : VALUE.lexicon(length);
      offer(start, end, "lexicon", value, { meanings, narrower });
      // 不见了 is found by 不见: what may stand inside a word may end it too.
      const isLonger = end < row.length && isHan(row[end]) && lexicon.passable.has(row[end]);
      if (isLonger && !single && !isWhole(start, end + 1)) {
        offer(start, end + 1, "lexicon", VALUE.lexicon(length + 1), { meanings, narrower });
      }
    }
    if (!isHan(row[start])) {
      const kind = stop.has(row[start]) ? "stop" : vocabulary.has(row[start]) ? "word" : "unknown";
      offer(start, start + 1, kind, 0);
      continue;
    }
    let run = "";
    for (let end = start + 1; end <= Math.min(row.length, start + longest); end += 1) {
      if (!isHan(row[end - 1])) break;
      run += row[end - 1];
      if (stop.has(run)) offer(start, end, "stop", VALUE.stop(run.length));
      else if (vocabulary.has(run)) offer(start, end, "word", VALUE.word(run.length));
      else {
        const word = sounds && run.length <= LONGEST_SOUND ? sounds.soundsLike(run) : null;
        if (word && (lexicon.han.has(word) || !isPlain(run))) offer(start, end, "sound", VALUE.sound(run.length), { word });
        else if (run.length === 1) offer(start, end, "unknown", VALUE.unknown());
      }
    }
  }

  const pieces = [];
  for (let end = row.length; end > 0; end = from[end].start) pieces.unshift(from[end]);
  return pieces.map((piece) => ({ ...piece, text: row.slice(piece.start, piece.end).join("") }));
}
