// Addresses of Solana: 32 bytes in base 58. They have no checksum: a mistyped one is an address too.

import { BITCOIN, decodeBase58 } from "./base58.js";
import { judged, wrong } from "./reading.js";

const LENGTH = 32;
// Without both cases it is rather a mistyped address of another network.
const LOOK = /^(?=.*[A-Z])(?=.*[a-z])[\p{L}\p{N}]{32,44}$/u;
const USUAL = /^(?=.*\d).{43,44}$/u;

const solana = { format: "solana" };

export function readSolana(text) {
  if (!LOOK.test(text)) return [];
  const bytes = decodeBase58(text);
  if (bytes?.length === LENGTH) return [judged(solana, "none")];
  return USUAL.test(text) && !bytes ? [wrong(solana, text, BITCOIN)] : [];
}
