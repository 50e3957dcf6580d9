// Numbers as people type and read them. Knows no page.
//
// What is read, after full-width digits and signs are taken as plain ones:
// - Two different marks: the last is the decimal mark, the others stand between groups of three.
// - The language's own decimal mark, once: the decimal mark.
// - Any other mark, once: between groups if exactly three digits follow and one to three, not
//   beginning with 0, stand before it ("1,000"); otherwise the decimal mark ("1,5", "0,500").
// - One mark several times: between groups of three.
// - Spaces and apostrophes only stand between groups. No sign, no exponent.
// The page says back what was understood.

// A Chinese keyboard writes "。" where a digit row's "." was meant; a phone writes ’ for '.
const plain = (text) => text.normalize("NFKC").replaceAll("。", ".").replaceAll("’", "'").trim();

const GROUPED = /^[1-9]\d{0,2}(?:([ ',.])\d{3})(?:\1\d{3})*$/;
const DIGITS = /^\d+$/;

// Return plain decimal text ("1000.5"), or null for what is not a number.
export function readNumber(text, { decimal }) {
  const typed = plain(text);
  const marks = typed.replace(/\d/g, "");
  const last = marks.at(-1);
  const once = marks.indexOf(last) === marks.length - 1;
  const splits =
    (last === "." || last === ",") &&
    once &&
    (marks.length > 1 || last === decimal || !GROUPED.test(typed));
  const place = splits ? typed.lastIndexOf(last) : typed.length;
  const whole = typed.slice(0, place);
  const part = typed.slice(place + 1);
  if (!DIGITS.test(whole + part) && !(GROUPED.test(whole) && /^\d*$/.test(part))) return null;
  const digits = whole.replace(/\D/g, "").replace(/^0+(?=\d)/, "") || "0";
  const decimals = part.replace(/0+$/, "");
  return decimals ? `${digits}.${decimals}` : digits;
}

export const writeAmount = (amount, currency, marks) => `${writeNumber(amount, marks)} ${currency}`;

// Write plain decimal text for readers: "1234.50" is "1,234.5" in English and Chinese.
export function writeNumber(text, { decimal, group }) {
  const [whole, part = ""] = text.split(".");
  const decimals = part.replace(/0+$/, "");
  return whole.replace(/\B(?=(\d{3})+$)/g, group) + (decimals && decimal + decimals);
}
