// Addresses of Bitcoin and Litecoin that begin with bc1 and ltc1: a version and a program of two to
// forty bytes. Source: BIP 141, BIP 173, BIP 350.

import { decodeBech32, LETTERS } from "./bech32.js";
import { toBytes } from "./bits.js";
import { judged, wrong } from "./reading.js";

const NAMES = {
  bc: { coin: "bitcoin", test: false },
  tb: { coin: "bitcoin", test: true },
  bcrt: { coin: "bitcoin", test: true },
  ltc: { coin: "litecoin", test: false },
  tltc: { coin: "litecoin", test: true },
};
const BEGINNING = new RegExp(`^(${Object.keys(NAMES).join("|")})1`, "i");
const SHORTEST = 8;
// Version 0 has these; version 1 is Taproot with the second. All else is left for later.
const HASH = 20;
const KEY = 32;

export function readSegwit(text) {
  const beginning = BEGINNING.exec(text);
  if (!beginning || text.length < SHORTEST) return [];
  const { coin, test } = NAMES[beginning[1].toLowerCase()];
  const decoded = decodeBech32(text);
  const [version, ...program] = decoded?.groups ?? [];
  const isLater = version > 0 || text[beginning[0].length].toLowerCase() !== "q";
  const format = coin === "bitcoin" && isLater ? "bitcoin-bech32m" : `${coin}-bech32`;
  const reading = { format, test };
  const length = toBytes(program)?.length;
  if (!isAddress(decoded, version, length)) {
    return [wrong(reading, text.slice(beginning[0].length), LETTERS)];
  }
  const isUsual = version === 0 || (version === 1 && length === KEY);
  return [judged(reading, "valid", isUsual ? {} : { unusual: true })];
}

function isAddress(decoded, version, length) {
  if (!decoded || version > 16 || !(length >= 2 && length <= 40)) return false;
  if (version === 0) return decoded.variant === "bech32" && (length === HASH || length === KEY);
  return decoded.variant === "bech32m";
}
