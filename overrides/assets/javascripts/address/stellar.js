// Addresses of Stellar: accounts (G…), and muxed accounts (M…), which hold the memo too: base 32
// with a CRC-16. Sources: SEP-23; RFC 4648, section 6; CRC-16/XMODEM.

import { toBytes } from "./bits.js";
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
  if (!form || Math.abs(text.length - form.letters) > NEAR) return [];
  if (/[^\p{L}\p{N}]/u.test(text)) return [];
  const reading = { format: form.format };
  const bytes = text.length === form.letters ? decodeBase32(text) : null;
  if (bytes?.length !== form.bytes || bytes[0] !== form.version || !isWhole(bytes)) {
    return [wrong(reading, text, LETTERS, { length: form.letters })];
  }
  return [judged(reading, "valid", form === FORMS.M ? { tag: memoOf(bytes) } : {})];
}

// The bytes of a text without padding, or null where it is none.
function decodeBase32(text) {
  const groups = [...text].map((letter) => LETTERS.indexOf(letter));
  return groups.includes(-1) ? null : toBytes(groups);
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
