// Addresses in Base58Check whose first byte names the network: the older ones of Bitcoin and
// Litecoin, Dogecoin, TRON. Sources: the chain parameters of each network's reference software.

import { BITCOIN, decodeBase58Check } from "./base58.js";
import { judged, wrong } from "./reading.js";

const LENGTH = 21; // the first byte, and a hash of twenty

const bitcoin = { format: "bitcoin-base58" };
const litecoin = { format: "litecoin-base58" };
const dogecoin = { format: "dogecoin" };
const tron = { format: "tron" };
const tested = (form) => ({ ...form, test: true });

// Two networks may share a first byte: Litecoin's older script addresses are Bitcoin's.
const VERSIONS = new Map([
  [0x00, [bitcoin]],
  [0x05, [bitcoin, litecoin]],
  [0x30, [litecoin]],
  [0x32, [litecoin]],
  [0x1e, [dogecoin]],
  [0x16, [dogecoin]],
  [0x41, [tron]],
  [0x6f, [tested(bitcoin), tested(litecoin)]],
  [0xc4, [tested(bitcoin), tested(litecoin), tested(dogecoin)]],
  [0x3a, [tested(litecoin)]],
  [0x71, [tested(dogecoin)]],
]);

// What a mistyped address was meant to be can only be told from how it begins.
const BEGINNINGS = {
  1: [bitcoin],
  3: [bitcoin, litecoin],
  9: [dogecoin],
  A: [dogecoin],
  D: [dogecoin],
  L: [litecoin],
  M: [litecoin],
  T: [tron],
};
const LOOK = /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[\p{L}\p{N}]{25,36}$/u;

export function readVersions(text) {
  const payload = text.length < 40 ? decodeBase58Check(text) : null;
  if (payload?.length === LENGTH) {
    return (VERSIONS.get(payload[0]) ?? []).map((form) => judged(form, "valid"));
  }
  if (!LOOK.test(text)) return [];
  return (BEGINNINGS[text[0]] ?? []).map((form) => wrong(form, text, BITCOIN));
}
