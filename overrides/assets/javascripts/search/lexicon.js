// The glossary's words as the search uses them: which meanings begin at a place of a text.
// The same as lexicon.py does for the index.

import { isHan } from "./normalise.js";

const UNIT = /[\u3400-\u4dbf\u4e00-\u9fff]|[^\s\u3400-\u4dbf\u4e00-\u9fff]+/g;

// How Chinese says that something did not happen: one word of the glossary stands for all.
const NOT = [["没", "有"], ["没"], ["未"], ["还", "没"], ["不"]];

function forms(key) {
  const negation = NOT.find((each) => each.every((unit, place) => key[place] === unit));
  if (!negation || negation[0] === "不" || key.length - negation.length < 2) return [key];
  const rest = key.slice(negation.length);
  return NOT.map((other) => [...other, ...rest]);
}

const node = () => ({ next: new Map(), meanings: [], narrower: [] });

// `kinds` are of each meaning, `entries` ["word|word", "narrower|narrower"] of each; a word is its
// units, Chinese as it stands, English stems with a space between.
export function openLexicon(kinds, entries, passable) {
  const root = node();
  const keys = kinds.map(() => []); // of each meaning, for marking
  const latin = new Set(); // English stems of all words
  const han = new Set(); // Chinese words

  function add(key, meaning, list) {
    let here = root;
    for (const unit of key) {
      if (!here.next.has(unit)) here.next.set(unit, node());
      here = here.next.get(unit);
    }
    if (!here[list].includes(meaning)) here[list].push(meaning);
  }

  function learn(more) {
    more.forEach(([wide = "", narrow = ""], meaning) => {
      for (const [text, list] of [[wide, "meanings"], [narrow, "narrower"]]) {
        for (const word of text ? text.split("|") : []) {
          const key = word.match(UNIT);
          for (const form of forms(key)) {
            add(form, meaning, list);
            if (list === "meanings") keys[meaning].push(form);
          }
          if (key.every(isHan)) han.add(word);
          for (const unit of key) if (!isHan(unit)) latin.add(unit);
        }
      }
    });
  }
  learn(entries);

  // Return [end, meanings, narrower] of each word that begins at `start`.
  function from(row, start) {
    const found = [];
    let heres = [root];
    for (let place = start; place < row.length && heres.length; place += 1) {
      const following = heres.map((here) => here.next.get(row[place])).filter(Boolean);
      for (const { meanings, narrower } of following) {
        if (meanings.length || narrower.length) found.push([place + 1, meanings, narrower]);
      }
      const passed = place > start && passable.has(row[place]) ? heres : [];
      heres = [...following, ...passed];
    }
    return found;
  }

  return { from, learn, kinds, keys, latin, han, passable };
}
