// Keccak-256 of bytes, as Ethereum uses it: the sponge of FIPS 202 with the padding of the Keccak
// submission. No browser has it; docs/_decisions/0011-address-checker.md says more.

const PADDING = 0x01;
const RATE = 136; // bytes taken in at a time
const LANE = (1n << 64n) - 1n;

// Round constants and rotations come from their definitions (FIPS 202, 3.2.2 and 3.2.5).
const CONSTANTS = constants();
const ROTATIONS = rotations();

export const keccak256 = (message) => sponge(message, PADDING);

// With the padding 0x06 it is SHA3-256, which others can check.
export function sponge(message, padding) {
  const state = new Array(25).fill(0n);
  const length = (Math.floor(message.length / RATE) + 1) * RATE;
  const padded = new Uint8Array(length);
  padded.set(message);
  padded[message.length] ^= padding;
  padded[length - 1] ^= 0x80;
  const view = new DataView(padded.buffer);
  for (let start = 0; start < length; start += RATE) {
    for (let lane = 0; lane < RATE / 8; lane += 1) {
      state[lane] ^= view.getBigUint64(start + lane * 8, true);
    }
    permute(state);
  }
  const digest = new DataView(new ArrayBuffer(32));
  for (let lane = 0; lane < 4; lane += 1) digest.setBigUint64(lane * 8, state[lane], true);
  return new Uint8Array(digest.buffer);
}

const turn = (lane, by) => ((lane << BigInt(by)) | (lane >> BigInt(64 - by))) & LANE;

function permute(state) {
  for (const constant of CONSTANTS) {
    const columns = [0, 1, 2, 3, 4].map((x) =>
      [0, 5, 10, 15, 20].reduce((sum, row) => sum ^ state[x + row], 0n),
    );
    const moved = new Array(25);
    for (let place = 0; place < 25; place += 1) {
      const [x, y] = [place % 5, Math.floor(place / 5)];
      const theta = columns[(x + 4) % 5] ^ turn(columns[(x + 1) % 5], 1);
      moved[y + 5 * ((2 * x + 3 * y) % 5)] = turn(state[place] ^ theta, ROTATIONS[place]);
    }
    for (let place = 0; place < 25; place += 1) {
      const [x, row] = [place % 5, place - (place % 5)];
      const next = moved[row + ((x + 1) % 5)];
      state[place] = moved[place] ^ (~next & LANE & moved[row + ((x + 2) % 5)]);
    }
    state[0] ^= constant;
  }
}

function constants() {
  const list = [];
  let register = 1;
  for (let round = 0; round < 24; round += 1) {
    let constant = 0n;
    for (let power = 0; power < 7; power += 1) {
      if (register & 1) constant |= 1n << BigInt(2 ** power - 1);
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0);
    }
    list.push(constant);
  }
  return list;
}

function rotations() {
  const list = new Array(25).fill(0);
  let [x, y] = [1, 0];
  for (let step = 0; step < 24; step += 1) {
    list[x + 5 * y] = (((step + 1) * (step + 2)) / 2) % 64;
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return list;
}
