// Base 58, and Base58Check: the last four bytes are the start of a double SHA-256 of the others.

import { sha256 } from "./sha256.js";

export const BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
export const XRP = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

const CHECKSUM = 4;

// The bytes of a text, or null where a letter is not of the alphabet.
export function decodeBase58(text, alphabet = BITCOIN) {
  let number = 0n;
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    number = number * 58n + BigInt(value);
  }
  const bytes = [];
  for (; number > 0n; number >>= 8n) bytes.unshift(Number(number & 0xffn));
  // Each first letter of the alphabet at the beginning is a byte of zero.
  for (const letter of text) {
    if (letter !== alphabet[0]) break;
    bytes.unshift(0);
  }
  return Uint8Array.from(bytes);
}

// The bytes without their checksum, or null where it is not right.
export function decodeBase58Check(text, alphabet = BITCOIN) {
  const bytes = decodeBase58(text, alphabet);
  if (!bytes || bytes.length <= CHECKSUM) return null;
  const [payload, checksum] = [bytes.slice(0, -CHECKSUM), bytes.slice(-CHECKSUM)];
  const expected = sha256(sha256(payload));
  return checksum.every((byte, place) => byte === expected[place]) ? payload : null;
}
