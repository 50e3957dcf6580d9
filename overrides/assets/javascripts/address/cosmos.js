// Accounts of the Cosmos networks: bech32 with the network's own word in front, and 20 or 32 bytes.
// Source: Cosmos SDK documentation, "Accounts" and ADR 28.

import { decodeBech32, LETTERS } from "./bech32.js";
import { toBytes } from "./bits.js";
import { judged, wrong } from "./reading.js";

// Words that are known, so that a mistyped address is told from any other text.
const WORDS = [
  "akash",
  "celestia",
  "cosmos",
  "dydx",
  "inj",
  "juno",
  "kava",
  "osmo",
  "sei",
  "terra",
];
const BEGINNING = new RegExp(`^(${WORDS.join("|")})1(?=[\\p{L}\\p{N}]{20,}$)`, "iu");
const LENGTHS = [20, 32];

export function readCosmos(text) {
  const decoded = decodeBech32(text);
  const isAccount =
    decoded?.variant === "bech32" &&
    /^[a-z]{2,16}$/.test(decoded.name) &&
    LENGTHS.includes(toBytes(decoded.groups)?.length);
  if (isAccount) return [judged({ format: "cosmos", word: decoded.name }, "valid")];
  const beginning = BEGINNING.exec(text);
  if (!beginning) return [];
  const word = beginning[1].toLowerCase();
  return [wrong({ format: "cosmos", word }, text.slice(beginning[0].length), LETTERS)];
}
