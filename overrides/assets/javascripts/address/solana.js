// Addresses of Solana: 32 bytes in base 58. They have no checksum: a mistyped one is an address too.

import { BITCOIN, decodeBase58 } from "./base58.js";
import { judged, wrong } from "./reading.js";

const LENGTH = 32;
const LOOK = /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[\p{L}\p{N}]{43,44}$/u;

const solana = { format: "solana" };

export function readSolana(text) {
  const bytes = text.length >= LENGTH && text.length <= 44 ? decodeBase58(text) : null;
  if (bytes?.length === LENGTH) return [judged(solana, "none")];
  if (!LOOK.test(text) || bytes) return [];
  return [wrong(solana, text, BITCOIN)];
}
