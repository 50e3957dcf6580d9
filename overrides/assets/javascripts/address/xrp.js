// Addresses of the XRP Ledger, in its own base 58: the classic ones (r…), and X-addresses, which
// hold the tag too. Sources: XRPL documentation, "Base58 Encodings"; XLS-5.

import { decodeBase58Check, XRP } from "./base58.js";
import { judged, wrong } from "./reading.js";

const CLASSIC = 21; // a byte of zero, and the account's twenty
const X_ADDRESS = 31; // two bytes that name the network, the account, a flag, eight bytes of tag
const NETWORKS = new Map([
  ["5,68", false],
  ["4,147", true],
]);
const LOOK_CLASSIC = /^r(?=.*\d)(?=.*[A-Z])[\p{L}\p{N}]{23,35}$/u;
const LOOK_X = /^[XT](?=.*\d)(?=.*[A-Z])(?=.*[a-z])[\p{L}\p{N}]{45,47}$/u;

const classic = { format: "xrp" };
const xAddress = { format: "xrp-x-address" };

export function readXrp(text) {
  const payload = /^r.{24,34}$/.test(text) ? decodeBase58Check(text, XRP) : null;
  if (payload?.length === CLASSIC && payload[0] === 0) return [judged(classic, "valid")];
  if (LOOK_CLASSIC.test(text)) return [wrong(classic, text, XRP)];
  return LOOK_X.test(text) ? [readX(text)] : [];
}

function readX(text) {
  const payload = decodeBase58Check(text, XRP);
  const test = NETWORKS.get(String(payload?.slice(0, 2)));
  const tag = payload?.length === X_ADDRESS ? tagOf(payload) : undefined;
  if (test === undefined || tag === undefined) {
    return wrong({ ...xAddress, test: text[0] === "T" }, text, XRP);
  }
  return judged({ ...xAddress, test }, "valid", { tag });
}

// The tag, null where there is none, undefined where the bytes are no X-address.
function tagOf(payload) {
  const view = new DataView(payload.buffer);
  const [flag, tag] = [view.getUint8(22), view.getBigUint64(23, true)];
  if (flag === 0 && tag === 0n) return null;
  return flag === 1 && tag < 2n ** 32n ? String(tag) : undefined;
}
