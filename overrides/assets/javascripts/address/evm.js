// Addresses of Ethereum and the networks made like it: 0x and forty hexadecimal digits, whose
// capitals are a checksum. Source: EIP-55. The address does not tell which of the networks is meant.

import { keccak256 } from "./keccak256.js";
import { judged, wrong } from "./reading.js";

const DIGITS = "0123456789abcdef";
const PREFIX = "0x";
const LENGTH = 40;
const LOOK = /^0x[\p{L}\p{N}]{30,50}$/u;
const FORM = /^[0-9a-f]{40}$/i;

const evm = { format: "evm" };

export function readEvm(text) {
  if (!LOOK.test(text)) return [];
  const digits = text.slice(PREFIX.length);
  if (!FORM.test(digits)) {
    const size = { length: LENGTH, before: PREFIX.length };
    return [wrong(evm, digits, `${DIGITS}ABCDEF`, size)];
  }
  // By chance it may be right even so; whoever wrote it did not mean to say anything by it.
  const isOneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  if (isOneCase) return [judged(evm, "absent")];
  const isRight = digits === capitals(digits);
  return [isRight ? judged(evm, "valid") : judged(evm, "wrong", { cause: "capitals" })];
}

// A letter is a capital where the same place of the hash holds 8 or more.
export function capitals(digits) {
  const small = digits.toLowerCase();
  const hash = keccak256(new TextEncoder().encode(small));
  const isHigh = (place) => (hash[place >> 1] >> (place % 2 ? 0 : 4)) & 8;
  return [...small].map((digit, place) => (isHigh(place) ? digit.toUpperCase() : digit)).join("");
}
