// Typing errors: how far two words are apart, and which known words are nearest.

const rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];
const LONGEST = 60;

// Damerau-Levenshtein distance with adjacent transpositions; anything above `most` is most + 1.
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  if (a.length > LONGEST || b.length > LONGEST) return most + 1;
  let [before, last, row] = rows;
  for (let k = 0; k <= b.length; k += 1) last[k] = k;
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i;
    let least = i;
    for (let k = 1; k <= b.length; k += 1) {
      let value = last[k - 1] + (a[i - 1] === b[k - 1] ? 0 : 1);
      if (last[k] + 1 < value) value = last[k] + 1;
      if (row[k - 1] + 1 < value) value = row[k - 1] + 1;
      if (i > 1 && k > 1 && a[i - 1] === b[k - 2] && a[i - 2] === b[k - 1]) {
        if (before[k - 2] + 1 < value) value = before[k - 2] + 1;
      }
      row[k] = value;
      if (value < least) least = value;
    }
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return last[b.length];
}

// Return [{term, distance}] of the nearest candidates; `candidates` are [word, term, weight].
export function nearest(word, candidates, limit = 4) {
  const most = word.length > 6 ? 2 : 1;
  let found = [];
  let best = most;
  for (const [other, term, weight] of candidates) {
    if (Math.abs(other.length - word.length) > best) continue;
    if (other[0] !== word[0] && other[1] !== word[1] && other[0] !== word[1]) continue;
    const far = distance(word, other, best);
    if (far > best) continue;
    if (far < best) found = [];
    best = far;
    found.push({ term, other, distance: far, weight: weight + (other[0] === word[0] ? 1 : 0) });
  }
  found.sort((a, b) => b.weight - a.weight);
  const seen = new Set();
  return found.filter(({ term }) => !seen.has(term) && seen.add(term)).slice(0, limit);
}
