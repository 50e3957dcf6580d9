// The calculator's form: reads what the reader chose, keeps it in the address, shows the quote.
// Nothing leaves the page.

import { readAddress, writeAddress } from "./address.js";
import { readNumber, writeAmount, writeNumber } from "./number.js";
import { assetsOf, changeDays, dependsOnVolume, networksOf } from "./offers.js";
import { QuoteError, quote, quoteToReceive } from "./quote.js";
import { resultView } from "./result.js";
import { fill } from "../common/texts.js";

// Long enough to finish a number before it is judged and read aloud.
const PAUSE = 400;

export function startCalculator(form) {
  const root = form.parentElement;
  const data = (name) => JSON.parse(root.querySelector(`[data-hc-${name}]`).textContent);
  const schedule = data("fees");
  const marks = form.dataset;
  const language = marks.language;
  const fields = form.elements;
  const status = form.querySelector("[data-hc-status]");
  const showResult = resultView(form.querySelector("[data-hc-result]"), {
    schedule,
    rules: data("rules"),
    language,
    marks,
    inShort: status.dataset.text,
  });
  const copy = form.querySelector("[data-hc-copy]");
  const copyText = copy.textContent;
  const errors = document.getElementById("hc-fee-amount-error");
  const readAs = document.getElementById("hc-fee-amount-read").dataset.text;
  const amountLabel = form.querySelector("[for=hc-fee-amount]");
  const rateLabel = form.querySelector("[for=hc-fee-rate]");
  const volumeLabel = form.querySelector("[for=hc-fee-volume]");
  let waiting;

  const assetName = (code) => `${code} – ${schedule.assets[code].name[language]}`;

  function networkName(id) {
    const { name, standard } = schedule.networks[id];
    const isToken = schedule.assets[fields.asset.value].native_to !== id;
    return standard && isToken ? `${name[language]} · ${standard}` : name[language];
  }

  const choice = () => ({
    product: fields.product.value,
    asset: fields.asset.value,
    network: fields.network.value || undefined,
    into: fields.into.value || undefined,
    day: schedule.as_of,
  });

  // Each choice narrows what can be chosen after it.
  function offer(wanted = {}) {
    list(fields.asset, assetsOf(schedule, choice()), assetName, wanted.asset);
    list(fields.network, networksOf(schedule, choice()), networkName, wanted.network);
    fields.volume.closest("p").hidden = !dependsOnVolume(schedule, choice());
    const { asset } = choice();
    const { converts } = fields.product.selectedOptions[0].dataset;
    const others = Object.keys(schedule.assets).filter((code) => code !== asset);
    list(fields.into, converts ? others : [], assetName, wanted.into);
    fields.rate.closest("p").hidden = !converts;
    amountLabel.textContent = fill(amountLabel.dataset.text, { asset });
    rateLabel.textContent = fill(rateLabel.dataset.text, { asset, into: fields.into.value });
  }

  // Plain decimal text, "" for nothing, null for what is no number. Says back what was understood.
  function read(input, currency) {
    const typed = input.value.trim();
    const amount = typed && readNumber(typed, marks);
    const isPlain = !amount || typed === writeNumber(amount, marks) || typed === amount;
    const understood = isPlain ? "" : fill(readAs, { amount: writeAmount(amount, currency, marks) });
    document.getElementById(`${input.id}-read`).textContent = understood;
    complain(input, amount === null ? errors.dataset.unreadable : "");
    return amount;
  }

  function complain(input, message) {
    document.getElementById(`${input.id}-error`).textContent = message;
    input.setAttribute("aria-invalid", String(Boolean(message)));
  }

  function ask({ amount, volume, rate }, day) {
    const request = { ...choice(), amount, volume: volume || "0", rate: rate || undefined, day };
    try {
      const calculate = fields.direction.value === "send" ? quote : quoteToReceive;
      return { quote: calculate(schedule, request) };
    } catch (error) {
      if (!(error instanceof QuoteError)) throw error;
      const value = error.value === null ? "" : writeNumber(error.value, marks);
      const text = errors.getAttribute(`data-${error.code}`);
      return { error: fill(text, { asset: request.asset, value }) };
    }
  }

  function answer(numbers) {
    if (!numbers.amount || Object.values(numbers).includes(null)) return {};
    if (/^[0.]+$/.test(numbers.amount)) return { error: errors.dataset.zero };
    return ask(numbers, schedule.as_of);
  }

  function show() {
    const asset = fields.asset.value;
    const shown = (input, currency) =>
      input.closest("p").hidden ? "" : read(input, currency);
    const numbers = {
      amount: read(fields.amount, asset),
      volume: shown(fields.volume, schedule.volume_currency),
      rate: shown(fields.rate, fields.into.value),
    };
    const result = answer(numbers);
    if (result.error) complain(fields.amount, result.error);
    const wanted = fields.direction.value === "receive" ? numbers.amount : null;
    const changes = result.quote
      ? changeDays(schedule, choice()).map((day) => ({ day, ...ask(numbers, day) }))
      : [];
    const labels = fields.product.selectedOptions[0].dataset;
    const summary = showResult({ asset, ...result, wanted, changes, labels });
    copy.textContent = copyText;
    const isUnreadable = Object.values(numbers).includes(null);
    say(summary || result.error || (isUnreadable ? errors.dataset.unreadable : ""));
    return numbers;
  }

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  function update() {
    clearTimeout(waiting);
    const { amount, ...others } = show();
    const { day, ...chosen } = choice();
    const known = { ...chosen, ...others, [fields.direction.value]: amount };
    history.replaceState(history.state, "", writeAddress(known));
  }

  function restore() {
    const known = readAddress(location.hash) ?? {};
    const inField = (amount = "") => writeNumber(amount, { ...marks, group: "" });
    if ([...fields.product.options].some(({ value }) => value === known.product)) {
      fields.product.value = known.product;
    }
    fields.direction.value = known.receive ? "receive" : "send";
    fields.amount.value = inField(known.send ?? known.receive);
    fields.volume.value = inField(known.volume);
    fields.rate.value = inField(known.rate);
    offer(known);
    show();
    if (known.product) form.scrollIntoView();
  }

  async function share() {
    update();
    try {
      await navigator.clipboard.writeText(location.href);
      copy.textContent = copy.dataset.copied;
    } catch {
      copy.textContent = copy.dataset.failed;
    }
    say(copy.textContent);
  }

  form.addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    if (target.tagName === "SELECT") offer();
    if (target.inputMode === "decimal") waiting = setTimeout(update, PAUSE);
    else update();
  });
  // Enter and leaving a field end the pause; several fields without a button submit nothing.
  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  copy.addEventListener("click", share);
  window.addEventListener("hashchange", () => readAddress(location.hash) && restore());

  volumeLabel.textContent = fill(volumeLabel.textContent, { currency: schedule.volume_currency });
  form.hidden = false;
  root.querySelector("[data-hc-calculator-without]").hidden = true;
  restore();
}

// Offer these values, keeping what is chosen where it is still offered; hide a list of none.
function list(select, values, nameOf, wanted = select.value) {
  select.replaceChildren(...values.map((value) => new Option(nameOf(value), value)));
  if (values.includes(wanted)) select.value = wanted;
  select.closest("p").hidden = !values.length;
}
