// What is read from a text: {format, test, checksum, …}. `format` is an id that networks.yml uses,
// `test` is true for networks on which coins are worth nothing.
//
// checksum: "valid"; "wrong", with its `cause`; "absent" where the form may have one and this
// address has none; "none" where the form has none.

export const judged = (reading, checksum, more = {}) => ({
  test: false,
  ...reading,
  checksum,
  ...more,
});

// A text that looks like the form and is not of it. `letters` says which letters the form has, and
// `length`, where it has only one, how long the text has to be; `before` it stand other letters.
export function wrong(reading, text, letters, { length = text.length, before = 0 } = {}) {
  const small = letters.toLowerCase() === letters;
  const isOneCase = text === text.toUpperCase() || text === text.toLowerCase();
  const compared = small && isOneCase ? text.toLowerCase() : text;
  const foreign = [...new Set(compared)].filter((letter) => !letters.includes(letter));
  if (small && !isOneCase) return judged(reading, "wrong", { cause: "mixed" });
  if (foreign.length) return judged(reading, "wrong", { cause: "letters", letters: foreign });
  if (text.length !== length) {
    const [found, expected] = [text.length + before, length + before];
    return judged(reading, "wrong", { cause: "length", found, expected });
  }
  return judged(reading, "wrong", { cause: "sum" });
}
