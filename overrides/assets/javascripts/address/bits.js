// Groups of five bits, which both bech32 and base 32 are made of, as bytes.

// Null where the bits left over are too many or not zero: two texts must never be one address.
export function toBytes(groups) {
  const bytes = [];
  let [left, bits] = [0, 0];
  for (const group of groups) {
    left = ((left << 5) | group) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((left >> bits) & 0xff);
    }
  }
  return bits >= 5 || (left & ((1 << bits) - 1)) !== 0 ? null : Uint8Array.from(bytes);
}
