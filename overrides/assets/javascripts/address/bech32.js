// Bech32 (BIP 173) and bech32m (BIP 350): a name, "1", and groups of five bits that end in a
// checksum of six. Knows no network.

export const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const VARIANTS = new Map([
  [1, "bech32"],
  [0x2bc830a3, "bech32m"],
]);
const CHECKSUM = 6;
const LONGEST = 90;

// {name, groups, variant} of a text, its checksum left off, or null where it is not right.
export function decodeBech32(text) {
  const isOneCase = text === text.toLowerCase() || text === text.toUpperCase();
  if (!isOneCase || text.length > LONGEST || /[^!-~]/.test(text)) return null;
  const small = text.toLowerCase();
  const end = small.lastIndexOf("1");
  const name = small.slice(0, end);
  const groups = [...small.slice(end + 1)].map((letter) => LETTERS.indexOf(letter));
  if (end < 1 || groups.length < CHECKSUM || groups.includes(-1)) return null;
  const variant = VARIANTS.get(remainder([...spread(name), ...groups]));
  return variant ? { name, groups: groups.slice(0, -CHECKSUM), variant } : null;
}

function spread(name) {
  const codes = [...name].map((letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function remainder(values) {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((term, bit) => {
      if ((top >>> bit) & 1) sum ^= term;
    });
  }
  return sum >>> 0;
}
