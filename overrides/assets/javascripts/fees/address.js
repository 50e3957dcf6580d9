// The reader's choices in the fragment of the address, which browsers send to nobody:
// #product=withdrawal&asset=USDT&network=tron&send=100. Knows no page.

const NAME = /^[A-Za-z0-9-]{1,40}$/;
const AMOUNT = /^\d{1,30}(\.\d{1,18})?$/;
const FORMS = {
  product: NAME,
  asset: NAME,
  network: NAME,
  volume: AMOUNT,
  send: AMOUNT,
  receive: AMOUNT,
  into: NAME,
  rate: AMOUNT,
};

// Return the choices of a fragment, without any that could not be one; null if it is another's.
export function readAddress(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  if (!given.has("product")) return null;
  return Object.fromEntries(
    Object.keys(FORMS)
      .filter((name) => FORMS[name].test(given.get(name) ?? ""))
      .map((name) => [name, given.get(name)]),
  );
}

export function writeAddress(choices) {
  const named = Object.keys(FORMS).filter((name) => choices[name]);
  return `#${new URLSearchParams(named.map((name) => [name, choices[name]]))}`;
}
