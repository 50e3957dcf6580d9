// What a pasted text is, by its form alone: an address, a transaction, or a secret that must not
// be kept. Knows no index, so that a secret is caught before anything is loaded.
//
// recognise(text) is null or {kind, network, mayBeSecret, rest}: `network` where the form tells it,
// `mayBeSecret` for a number that is a transaction's or a private key's, `rest` the text around it.

import { mayBePhraseWord } from "./phrase-words.js";

const BASE58 = "[1-9A-HJ-NP-Za-km-z]";

// Words that, beside a number which could be either, say that it is a key.
const KEY_WORDS = /priv(ate)?[\s_-]*key|secret|私钥|私鑰|私匙|密钥|密鑰|金鑰|秘钥/i;

const SECRETS = [
  /^[569KLQTc]BASE58{50,51}$/, // wallet import format: Bitcoin, Litecoin, Dogecoin, test networks
  /^([xyztuv]prv|[LM]tpv|dgpv)BASE58{80,}$/, // an extended private key
  /^6PBASE58{56}$/, // an encrypted key, BIP 38
  /^S[A-Z2-7]{55}$/, // Stellar
  /^s(?=.*\d)(?=.*[A-Z])BASE58{28,30}$/, // XRP Ledger
  /^PVT_[KR]1_BASE58{40,}$/, // EOS
  /^(ed25519(e)?_sk|suiprivkey|nsec|edsk|secret-key-)[0-9A-Za-z]{40,}$/,
].map(compiled);

// Numbers of this form are transactions on one network, private keys on another and addresses on
// a third (Sui, Aptos).
const TRANSACTIONS = [
  [/^(0x)?[0-9a-f]{64}$/i, null],
  [/^BASE58{86,88}$/, "solana"],
].map(([form, network]) => [compiled(form), network]);

const ADDRESSES = [
  [/^0x[0-9a-f]{40}$/i, "ethereum"],
  [/^T[1-9A-HJ-NP-Za-km-z]{33}$/, "tron"],
  [/^(bc1[02-9ac-hj-np-z]{11,71}|BC1[02-9AC-HJ-NP-Z]{11,71})$/, "bitcoin"],
  [/^[13](?=.*[A-Za-z])BASE58{25,33}$/, "bitcoin"],
  [/^(ltc1[02-9ac-hj-np-z]{11,71}|[LM]BASE58{26,33})$/, "litecoin"],
  [/^DBASE58{33}$/, "dogecoin"],
  [/^(bitcoincash:)[qp][02-9ac-hj-np-z]{41}$/, "bitcoin-cash"],
  [/^r(?=.*\d)(?=.*[A-Z])BASE58{24,34}$/, "xrp"],
  [/^G[A-Z2-7]{55}$/, "stellar"],
  [/^(cosmos|osmo|celestia|inj|sei|kava|akash|juno)1[02-9ac-hj-np-z]{38}$/, "cosmos"],
  [/^addr1[02-9ac-hj-np-z]{50,}$/, "cardano"],
  [/^(EQ|UQ|kQ|0Q)[\w-]{46}$/, "ton"],
  [/^kaspa:[02-9ac-hj-np-z]{61,63}$/, "kaspa"],
  [/^f[0-4][0-9a-z]{38,}$/, "filecoin"],
  [/^1BASE58{46,47}$/, "polkadot"],
  [/^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])BASE58{43,44}$/, "solana"],
].map(([form, network]) => [compiled(form), network]);

function compiled(form) {
  return new RegExp(form.source.replaceAll("BASE58", BASE58), form.flags);
}

// Recovery phrases have 12, 15, 18, 21 or 24 words; one may be mistyped.
const PHRASE = 12;
const MISTYPED = 1;

function hasPhrase(text) {
  const words = text.toLowerCase().match(/[a-z]+|[^\sa-z\d.,;:|()[\]"'/-]/g) ?? [];
  const hits = words.map((word) => (/^[a-z]{3,8}$/.test(word) && mayBePhraseWord(word) ? 1 : 0));
  let sum = 0;
  for (let end = 0; end < words.length; end += 1) {
    sum += hits[end] - (hits[end - PHRASE] ?? 0);
    if (end >= PHRASE - 1 && sum >= PHRASE - MISTYPED) return true;
  }
  return false;
}

// A Chinese phrase is single characters with something between: nobody else writes so.
const CHINESE_PHRASE = /(^|[^\u3400-\u9fff])([\u3400-\u9fff][\s\d.,;:、，。|/-]+){11,}[\u3400-\u9fff](?![\u3400-\u9fff])/;

const KEY_FILE = /"?(ciphertext|kdfparams|encrypted_?seed)"?\s*:/i;
const KEY_BYTES = /\[\s*(\d{1,3}\s*,\s*){31,}\d{1,3}\s*\]/;

export function recognise(text) {
  const typed = text.normalize("NFKC").trim();
  if (hasPhrase(typed) || [CHINESE_PHRASE, KEY_FILE, KEY_BYTES].some((form) => form.test(typed))) {
    return { kind: "secret", network: null, mayBeSecret: true, rest: "" };
  }
  const parts = typed.split(/[\s,;，。；、"'“”()（）<>\u3400-\u9fff]+/).filter((part) => part.length > 24);
  for (const part of parts.map(ofLink)) {
    const transaction = TRANSACTIONS.find(([form]) => form.test(part));
    if (SECRETS.some((form) => form.test(part)) || (transaction && KEY_WORDS.test(typed))) {
      return { kind: "secret", network: null, mayBeSecret: true, rest: "" };
    }
    const rest = typed.replaceAll(part, " ").trim();
    if (transaction) return { kind: "transaction", network: transaction[1], mayBeSecret: true, rest };
    const address = ADDRESSES.find(([form]) => form.test(part));
    if (address) return { kind: "address", network: address[1], mayBeSecret: false, rest };
  }
  return null;
}

// The address or hash at the end of a block explorer's link.
function ofLink(part) {
  return /^https?:/i.test(part) ? (part.split(/[?#]/)[0].split("/").filter(Boolean).at(-1) ?? "") : part;
}
