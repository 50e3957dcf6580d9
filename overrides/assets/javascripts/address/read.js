// Everything that one text may be, with its checksum verified. Knows no page, no network's name and
// nothing of whose an address is.

import { readCosmos } from "./cosmos.js";
import { readEvm } from "./evm.js";
import { readSegwit } from "./segwit.js";
import { readSolana } from "./solana.js";
import { readStellar } from "./stellar.js";
import { readVersions } from "./versions.js";
import { readXrp } from "./xrp.js";

const READERS = [readVersions, readEvm, readXrp, readStellar, readSegwit, readCosmos];

// A list of readings (reading.js), empty for what looks like no address. Where one form is right,
// those that the text only looks like are left out.
export function readAddress(text) {
  const marked = READERS.flatMap((read) => read(text));
  // A form without a checksum takes in a mistyped address of another: it comes last.
  const readings = marked.length ? marked : readSolana(text);
  const right = readings.filter(({ checksum }) => checksum !== "wrong");
  return right.length ? right : readings;
}
