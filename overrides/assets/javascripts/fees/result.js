// The calculator's result: what is sent, each fee and who receives it, what arrives.

import { compare, decimal } from "./decimal.js";
import { writeAmount, writeNumber } from "./number.js";
import { fill } from "../common/texts.js";

// A day of the calendar, "2027-01-01", as people write it; digits stand apart from Han.
const writeDay = (day, language) =>
  new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" })
    .format(new Date(`${day}T00:00:00Z`))
    .replace(/(?<=\d)(?=\p{Script=Han})|(?<=\p{Script=Han})(?=\d)/gu, " ");

// Return a function that shows an answer in `area` and returns it in a sentence, or "" where
// there is none. `page` is {schedule, rules, language, marks, inShort}.
export function resultView(area, page) {
  const { schedule, rules, language, marks, inShort } = page;
  const [prompt, receipt, lines, changeList, version, share] = [
    "[data-hc-prompt]",
    ".hc-receipt",
    "dl",
    ".hc-calculator__changes",
    "[data-hc-version]",
    ".hc-calculator__share",
  ].map((selector) => area.querySelector(selector));
  const write = (amount, currency) => writeAmount(amount, currency, marks);
  const inWords = (day) => writeDay(day, language);
  const nameOf = new Map(schedule.fees.map((fee) => [fee.id, fee.name[language]]));

  version.textContent = fill(version.dataset.text, {
    version: schedule.version,
    date: inWords(schedule.as_of),
  });

  function feeLine({ fee, amount, currency, recipient, charged, kind, valid_from, rate }) {
    const how = lines.dataset[kind === "spread" ? "spread" : charged];
    const rule = { rule: rules[`${fee} ${valid_from}`], date: inWords(valid_from) };
    const sign = charged === "deducted" ? "−" : "+";
    return line(nameOf.get(fee), `${sign} ${write(amount, currency)}`, [
      [area.dataset[recipient], how].join(area.dataset.joiner),
      ...(rate ? [fill(lines.dataset.tier, { rate: writeNumber(rate, marks) })] : []),
      fill(lines.dataset.rule, rule),
    ]);
  }

  function allLines({ asset, wanted, labels, quote }) {
    const { send, components, receive, pay, converted } = quote;
    const isMore = wanted && compare(decimal(receive), decimal(wanted)) !== 0;
    const nearest = isMore ? [fill(lines.dataset.nearest, { amount: write(wanted, asset) })] : [];
    const isAdded = components.some(({ charged }) => charged === "added");
    const total = pay.map(([currency, amount]) => write(amount, currency)).join(" + ");
    return [
      line(labels.send, write(send, asset), [], "hc-receipt__line--end"),
      ...components.map(feeLine),
      line(labels.receive, write(receive, asset), nearest, "hc-receipt__line--end"),
      ...(converted ? [line(lines.dataset.converted, write(converted[1], converted[0]))] : []),
      ...(isAdded ? [line(lines.dataset.pay, total)] : []),
    ];
  }

  function sentence({ send, components, receive }, { asset, labels }) {
    const fees = components.map(({ amount, currency }) => write(amount, currency));
    return fill(inShort, {
      sent: labels.send,
      send: write(send, asset),
      fees: fees.join(area.dataset.joiner),
      received: labels.receive,
      receive: write(receive, asset),
    });
  }

  return function show(answer) {
    const { quote, changes } = answer;
    const announced = changes.map(({ day, quote: then, error }) =>
      fill(changeList.dataset.text, {
        date: inWords(day),
        what: then ? sentence(then, answer) : error,
      }),
    );
    prompt.hidden = Boolean(quote);
    for (const part of [receipt, version, share]) part.hidden = !quote;
    changeList.hidden = !announced.length;
    lines.replaceChildren(...(quote ? allLines(answer) : []));
    changeList.replaceChildren(...announced.map((text) => element("li", text)));
    return quote ? [sentence(quote, answer), ...announced].join(" ") : "";
  };
}

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function line(name, amount, details = [], className = "") {
  const made = element("div", "", `hc-receipt__line ${className}`);
  const term = element("dt", `${name} `);
  term.append(...details.map((detail) => element("span", detail, "hc-part hc-meta")));
  const value = element("dd", "");
  value.append(element("bdi", amount));
  made.append(term, value);
  return made;
}
