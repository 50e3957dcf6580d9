// Addresses of Stellar: accounts (G…), and muxed accounts (M…), which hold the memo too: base 32
// with a CRC-16. Sources: SEP-23; RFC 4648, section 6; CRC-16/XMODEM.

import { judged, wrong } from "./reading.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const FORMS = {
  G: { format: "stellar", version: 6 << 3, bytes: 35, letters: 56 },
  M: { format: "stellar-muxed", version: 12 << 3, bytes: 43, letters: 69 },
};
const KEY = 33; // the version, and the account's 32 bytes
const NEAR = 2; // letters too many or too few, and still taken for the form

export function readStellar(text) {
  const form = FORMS[text[0]?.toUpperCase()];
  if (!form || Math.abs(text.length - form.letters) > NEAR || /[^\p{L}\p{N}]/u.test(text)) return [];
  const reading = { format: form.format };
  const bytes = text.length === form.letters ? decodeBase32(text) : null;
  if (bytes?.length !== form.bytes || bytes[0] !== form.version || !isWhole(bytes)) {
    return [wrong(reading, text, LETTERS, form.letters)];
  }
  return [judged(reading, "valid", form === FORMS.M ? { tag: memoOf(bytes) } : {})];
}

// The bytes of a text without padding, or null where a letter is foreign or bits left over are not
// zero: two texts must never be the same address.
function decodeBase32(text) {
  const bytes = [];
  let [left, bits] = [0, 0];
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    left = ((left << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((left >> bits) & 0xff);
    }
  }
  return bits >= 5 || (left & ((1 << bits) - 1)) !== 0 ? null : Uint8Array.from(bytes);
}

const memoOf = (bytes) => String(new DataView(bytes.buffer).getBigUint64(KEY));

function isWhole(bytes) {
  const view = new DataView(bytes.buffer);
  return view.getUint16(bytes.length - 2, true) === crc16(bytes.slice(0, -2));
}

function crc16(bytes) {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return sum;
}
