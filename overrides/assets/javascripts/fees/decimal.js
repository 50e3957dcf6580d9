// Exact decimal numbers: `digits` (a BigInt) divided by ten to the power of `scale`.
// Amounts are never negative, so rounding up is away from zero, and down towards it.

const power = (exponent) => 10n ** BigInt(exponent);

// Read plain text such as "0.5"; what people type goes through number.js first.
export function decimal(text) {
  const [whole, part = ""] = text.split(".");
  return { digits: BigInt(whole + part), scale: part.length };
}

const at = (value, scale) => value.digits * power(scale - value.scale);

function together(left, right) {
  const scale = Math.max(left.scale, right.scale);
  return [at(left, scale), at(right, scale), scale];
}

export const ZERO = decimal("0");

export function add(left, right) {
  const [a, b, scale] = together(left, right);
  return { digits: a + b, scale };
}

export function subtract(left, right) {
  const [a, b, scale] = together(left, right);
  return { digits: a - b, scale };
}

export const multiply = (left, right) => ({
  digits: left.digits * right.digits,
  scale: left.scale + right.scale,
});

export const percent = (amount, rate) => {
  const { digits, scale } = multiply(amount, rate);
  return { digits, scale: scale + 2 };
};

// Below, at or above zero as `left` is below, equal to or above `right`.
export function compare(left, right) {
  const [a, b] = together(left, right);
  return a < b ? -1 : Number(a > b);
}

export const least = (left, right) => (compare(left, right) <= 0 ? left : right);
export const greatest = (left, right) => (compare(left, right) >= 0 ? left : right);

const ROUNDING = {
  up: (rest) => rest > 0n,
  down: () => false,
  "half-even": (rest, unit, low) => rest * 2n > unit || (rest * 2n === unit && low % 2n === 1n),
};

// Round to `scale` decimals: "up", "down" or "half-even".
export function round(value, scale, mode) {
  if (value.scale <= scale) return { digits: at(value, scale), scale };
  const unit = power(value.scale - scale);
  const low = value.digits / unit;
  const rises = ROUNDING[mode](value.digits % unit, unit, low);
  return { digits: rises ? low + 1n : low, scale };
}

// Plain text with all its decimals: { digits: 150n, scale: 2 } is "1.50".
export function toText({ digits, scale }) {
  const text = String(digits).padStart(scale + 1, "0");
  return scale ? `${text.slice(0, -scale)}.${text.slice(-scale)}` : text;
}
