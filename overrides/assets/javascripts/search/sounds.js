// Chinese by its sound: pinyin instead of characters, and characters that sound alike.

// Southern speech joins these: zh/z, ch/c, sh/s, and -ng/-n.
const plain = (sound) => sound.replace(/([zcs])h/g, "$1").replace(/([aei])ng/g, "$1n");

// `table` is "an安按 ba八把"; `words` are [word, value]: the more valuable wins among equals.
export function openSounds(table, words, stop) {
  const soundOf = new Map();
  for (const entry of table.split(" ")) {
    const [, sound, characters] = /^([a-z]+)(.*)$/.exec(entry);
    for (const character of characters) soundOf.set(character, sound);
  }
  const syllables = new Set(soundOf.values());

  function sound(word) {
    let text = "";
    for (const character of word) {
      if (!soundOf.has(character)) return "";
      text += soundOf.get(character);
    }
    return text;
  }

  const exact = new Map();
  const alike = new Map();
  const initials = new Map();
  const keep = (map, key, entry) => {
    const list = map.get(key);
    if (list) list.push(entry);
    else map.set(key, [entry]);
  };
  for (const [word, value] of words) {
    const text = sound(word);
    if (!text || (word.length < 2 && value <= 50)) continue;
    keep(exact, text, [word, value]);
    keep(alike, plain(text), [word, value]);
    if (value > 50 && word.length > 2) keep(initials, [...word].map((c) => soundOf.get(c)[0]).join(""), [word, value]);
  }
  for (const map of [exact, alike, initials]) {
    for (const list of map.values()) list.sort((a, b) => b[1] - a[1]);
  }
  const stopSounds = new Map();
  for (const word of stop) {
    const text = sound(word);
    if (text && !stopSounds.has(text)) stopSounds.set(text, word);
  }
  const best = (map, key) => map.get(key)?.[0][0] ?? null;

  // Return the known word that a run of characters sounds like, or null.
  function soundsLike(run) {
    const text = sound(run);
    return text ? best(exact, text) ?? best(alike, plain(text)) : null;
  }

  // Return the words that letters spell in pinyin ("zhujici"), or null. The last syllable may be
  // unfinished while it is typed.
  function spelled(letters, isWord) {
    const score = [0];
    const from = [null];
    for (let end = 1; end <= letters.length; end += 1) {
      score.push(-1e9);
      from.push(null);
      for (let start = Math.max(0, end - 24); start < end; start += 1) {
        if (score[start] <= -1e8) continue;
        const part = letters.slice(start, end);
        const [word, value] = piece(part, isWord);
        if (value === null || score[start] + value <= score[end]) continue;
        score[end] = score[start] + value;
        from[end] = [start, word];
      }
    }
    if (score[letters.length] <= 0) return null;
    const found = [];
    for (let end = letters.length; end > 0; end = from[end][0]) {
      if (from[end][1]) found.unshift(from[end][1]);
    }
    return found.some((word) => word.charCodeAt(0) > 127) ? found : null;
  }

  function piece(part, isWord) {
    let word = best(exact, part);
    if (word) return [word, word.length ** 2 + (exact.get(part)[0][1] > 50 ? 0.5 : 0)];
    word = stopSounds.get(part);
    if (word) return [word, word.length ** 2 - 0.5];
    word = part.length > 3 ? best(alike, part) : null;
    if (word) return [word, word.length ** 2 - 1];
    if (part.length > 2 && isWord(part)) return [part, 1.5];
    return syllables.has(part) ? ["", -1.5] : ["", null];
  }

  return { sound, soundsLike, spelled, byInitials: (letters) => best(initials, letters) };
}
