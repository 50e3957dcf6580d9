// What a transfer costs, to the last digit: the browser's copy of scripts/helpcenter/fees/quote.py.
// The two are held together by tests/browser/test_fee_agreement.py. Knows no page.
// A request is {product, asset, network, amount, volume, day, into, rate}; amounts are plain
// decimal text, and `rate` is the units of the asset `into` that the reader was shown for one.

import {
  ZERO, add, compare, decimal, greatest, least, multiply, percent, round, subtract, toText,
} from "./decimal.js";
import { partsOf } from "./offers.js";

// `code` is below-minimum (`value`: the least amount), precision (`value`: how many decimals the
// asset has), nothing-left or not-offered.
export class QuoteError extends Error {
  constructor(code, value = null) {
    super(code);
    this.code = code;
    this.value = value;
  }
}

export function quote(schedule, request) {
  const parts = offered(schedule, request);
  precisionOf(schedule, request);
  const send = decimal(request.amount);
  const minimum = smallest(parts);
  if (compare(send, minimum) < 0) throw new QuoteError("below-minimum", toText(minimum));
  const components = parts.map((part) => component(schedule, part, request, send));
  const pay = new Map([[request.asset, send]]);
  let receive = send;
  for (const { amount, currency, charged } of components) {
    if (charged === "deducted") receive = subtract(receive, amount);
    else pay.set(currency, add(pay.get(currency) ?? ZERO, amount));
  }
  if (receive.digits <= 0n) throw new QuoteError("nothing-left");
  return {
    send: request.amount,
    components: components.map((each) => ({ ...each, amount: toText(each.amount) })),
    receive: toText(receive),
    pay: [...pay].map(([currency, amount]) => [currency, toText(amount)]),
    converted: convert(schedule, request, receive),
  };
}

function convert(schedule, { into, rate }, amount) {
  if (!into || !rate) return null;
  const exact = multiply(amount, decimal(rate));
  return [into, toText(round(exact, schedule.assets[into].precision, "down"))];
}

// The smallest amount to send of which at least `request.amount` arrives. Between two tier
// borders what arrives rises with what is sent, so each stretch is searched by halving.
export function quoteToReceive(schedule, request) {
  const parts = offered(schedule, request);
  const scale = precisionOf(schedule, request);
  const units = (amount) => round(amount, scale, "up").digits;
  const wanted = units(decimal(request.amount));
  const arrives = (sent) =>
    parts
      .filter(({ fee }) => fee.charged === "deducted")
      .map((part) => component(schedule, part, request, { digits: sent, scale }).amount)
      .reduce((left, amount) => left - units(amount), sent);
  const starts = startsOf(parts, units);
  for (const [index, first] of starts.entries()) {
    let start = first;
    let end = index + 1 < starts.length ? starts[index + 1] - 1n : farEnough(arrives, start, wanted);
    if (arrives(end) < wanted) continue;
    while (start < end) {
      const middle = (start + end) / 2n;
      if (arrives(middle) >= wanted) end = middle;
      else start = middle + 1n;
    }
    return quote(schedule, { ...request, amount: toText({ digits: start, scale }) });
  }
  throw new QuoteError("nothing-left");
}

function offered(schedule, request) {
  const parts = partsOf(schedule, request);
  if (!parts.length) throw new QuoteError("not-offered");
  return parts;
}

const smallest = (parts) =>
  parts.map(({ version }) => decimal(version.least ?? "0")).reduce(greatest, ZERO);

function precisionOf(schedule, request) {
  const { precision } = schedule.assets[request.asset];
  const amount = decimal(request.amount);
  if (compare(amount, round(amount, precision, "down"))) {
    throw new QuoteError("precision", String(precision));
  }
  return precision;
}

function startsOf(parts, units) {
  const minimum = units(smallest(parts));
  const first = minimum > 1n ? minimum : 1n;
  const borders = parts
    .map(({ version }) => version.formula)
    .filter((formula) => formula.kind === "tiers" && formula.basis === "amount")
    .flatMap((formula) => formula.tiers.map((tier) => units(decimal(tier.from))))
    .filter((border) => border > first)
    .sort((a, b) => (a < b ? -1 : Number(a > b)));
  return [...new Set([first, ...borders])];
}

function farEnough(arrives, start, wanted) {
  let end = start > wanted ? start : wanted;
  for (let tried = 0; tried < 64 && arrives(end) < wanted; tried += 1) end *= 2n;
  return end;
}

function component(schedule, { fee, version }, request, amount) {
  const currency = fee.currency ?? request.asset;
  const volume = decimal(request.volume ?? "0");
  const exact = charge(version.formula, amount, volume);
  return {
    fee: fee.id,
    amount: round(exact, schedule.assets[currency].precision, fee.rounding),
    currency,
    recipient: fee.recipient,
    charged: fee.charged,
    kind: version.formula.kind,
    rate: wholeTier(version.formula, amount, volume)?.rate,
    valid_from: version.valid_from,
  };
}

const CHARGES = {
  fixed: ({ amount }) => decimal(amount),
  network: ({ terms, unit }) =>
    multiply(
      terms.map(({ quantity, price }) => multiply(decimal(quantity), decimal(price))).reduce(add),
      decimal(unit),
    ),
  spread: ({ rate }, amount) => percent(amount, decimal(rate)),
  percentage({ rate, minimum, maximum }, amount) {
    let share = percent(amount, decimal(rate));
    if (minimum !== undefined) share = greatest(share, decimal(minimum));
    return maximum === undefined ? share : least(share, decimal(maximum));
  },
  tiers(formula, amount, volume) {
    const tier = wholeTier(formula, amount, volume);
    if (tier) return percent(amount, decimal(tier.rate));
    return formula.tiers.map((each) => shareOf(each, amount)).reduce(add);
  },
};

// What a formula takes of an amount, before rounding.
const charge = (formula, amount, volume) => CHARGES[formula.kind](formula, amount, volume);

// The one tier that the whole amount pays the rate of, where a formula has such tiers: the last
// that starts at or below the size looked up.
function wholeTier({ mode, basis, tiers }, amount, volume) {
  const size = basis === "amount" ? amount : volume;
  return mode === "whole"
    ? tiers.findLast((tier) => compare(decimal(tier.from), size) <= 0)
    : undefined;
}

function shareOf({ from, to, rate }, amount) {
  const start = decimal(from);
  const end = to === undefined ? amount : least(amount, decimal(to));
  return compare(end, start) > 0 ? percent(subtract(end, start), decimal(rate)) : ZERO;
}
