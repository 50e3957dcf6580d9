// Addresses of Ethereum and the networks made like it: 0x and forty hexadecimal digits, whose
// capitals are a checksum. Source: EIP-55. The address does not tell which of the networks is meant.

import { keccak256 } from "./keccak256.js";
import { judged, wrong } from "./reading.js";

const DIGITS = "0123456789abcdef";
const LENGTH = 40;
const LOOK = /^0x[\p{L}\p{N}]{30,50}$/u;
const FORM = /^[0-9a-f]{40}$/i;

const evm = { format: "evm" };

export function readEvm(text) {
  if (!LOOK.test(text)) return [];
  const digits = text.slice(2);
  if (!FORM.test(digits)) return [wrong(evm, digits, DIGITS + "ABCDEF", LENGTH)];
  if (digits === digits.toLowerCase() || digits === digits.toUpperCase()) {
    return [judged(evm, "absent")];
  }
  if (digits !== capitals(digits)) return [judged(evm, "wrong", { cause: "capitals" })];
  return [judged(evm, "valid")];
}

// A letter is a capital where the same place of the hash holds 8 or more.
export function capitals(digits) {
  const small = digits.toLowerCase();
  const hash = keccak256(new TextEncoder().encode(small));
  const isHigh = (place) => (hash[place >> 1] >> (place % 2 ? 0 : 4)) & 8;
  return [...small].map((digit, place) => (isHigh(place) ? digit.toUpperCase() : digit)).join("");
}
