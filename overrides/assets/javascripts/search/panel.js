// What stands below a search field: results while typing, top questions before it, and the alert
// when somebody enters a secret. The dialog of the site and the widget of other pages share it.

import { startAsking } from "./asking.js";
import { combobox } from "./combobox.js";
import { element, newId } from "../common/dom.js";
import { addressOf, countText, resultParts } from "./results.js";
import { safetyAdvice } from "./safety.js";
import { fill } from "../common/texts.js";

const REMEMBERED = 5;

// `options` is {catalogue, language, topic, limit, target, onFailure}; language is a code of the
// manifest, target that of links. Returns {read, remember} to read the field again, and to keep
// its words among the recent searches, which only this page's memory holds.
export function openPanel(input, place, options) {
  const { catalogue, language, topic, limit = 8, target = null, onFailure } = options;
  const alert = element("div", { class: "hc-panel__alert", role: "alert" });
  const note = element("p", { class: "hc-panel__note" });
  const status = element("p", { class: "hc-panel__status", role: "status" });
  const list = element("div", { class: "hc-panel__list" });
  const renew = combobox(input, list);
  const recent = [];
  let last = "";
  place.append(alert, status, note, list);

  const entry = async (code = language) => (await catalogue.manifest()).languages[code];

  async function link(code, path, ...parts) {
    const href = await catalogue.address(code, path);
    const rel = target ? "noopener" : null;
    return element("a", { role: "option", tabindex: "-1", href, target, rel }, ...parts);
  }

  async function resultLink(result, code, texts, isBest) {
    const parts = resultParts(result, texts, isBest);
    const name = element("span", { class: "hc-result__title" }, parts.title);
    const around = [name, " ", parts.type, " ", parts.path, " ", ...parts.texts];
    const made = await link(code, addressOf(result), ...around);
    made.classList.add("hc-result");
    made.addEventListener("click", remember);
    return made;
  }

  async function show({ text, answer, mayBeSecret }) {
    const { texts, tag } = await entry();
    onFailure(false);
    last = "";
    if (!answer) {
      // Words that follow a secret, spoken or typed on, leave the alert in its place.
      alert.replaceChildren();
      status.textContent = "";
      return present(await beforeTyping(texts), texts.top);
    }
    if (mayBeSecret) await warn("maybe_secret");
    const { kind, corrected, results } = answer;
    if (kind === "results" && results.length) last = text;
    status.textContent = results.length
      ? countText(texts.count, results.length, tag)
      : fill(texts.none, { text });
    const notes = kind === "results" ? [meant(corrected, texts)] : [texts.recognised[kind]];
    const links = await Promise.all(
      results.map((result, place) => resultLink(result, language, texts, place === 0)),
    );
    return present(links.length ? links : await questions(texts), texts.results, notes);
  }

  function present(nodes, label, notes = [""]) {
    note.replaceChildren(...notes);
    list.setAttribute("aria-label", label);
    list.replaceChildren(...nodes);
    list.scrollTop = 0;
    renew();
  }

  function meant(corrected, texts) {
    if (!corrected) return "";
    const words = fill(texts.meant, { text: corrected });
    const button = element("button", { type: "button", class: "hc-panel__meant" }, words);
    button.addEventListener("click", () => search(corrected));
    return button;
  }

  async function beforeTyping(texts) {
    const made = recent.map((text) => {
      const attributes = { type: "button", role: "option", tabindex: "-1" };
      const button = element("button", attributes, text);
      button.addEventListener("click", () => search(text));
      return button;
    });
    return [...(made.length ? [group(texts.recent, made)] : []), ...(await questions(texts))];
  }

  async function questions(texts) {
    const { pages, questions: top, topics } = await entry();
    const asked = topics[topic] ?? top;
    const links = await Promise.all(asked.map((path) => link(language, path, pages[path])));
    return links.length ? [group(texts.top, links)] : [];
  }

  async function offer({ language: other, results }) {
    const [{ texts }, there] = await Promise.all([entry(), entry(other)]);
    const links = results.map((result) => resultLink(result, other, there.texts));
    const label = fill(texts.other, { language: there.name });
    const made = group(label, await Promise.all(links));
    for (const option of made.querySelectorAll("a")) option.lang = there.tag;
    // At the end: what the reader is about to press stays where it is.
    list.append(made);
    renew();
    status.textContent = [status.textContent, label].join(" · ");
  }

  async function refuse() {
    last = "";
    present([], "");
    status.textContent = "";
    return warn("secret");
  }

  async function warn(text) {
    alert.replaceChildren(...(await safetyAdvice({ catalogue, language, target }, text)));
  }

  async function wait() {
    const { texts } = await entry();
    if (!list.querySelector(".hc-result")) status.textContent = texts.waiting;
  }

  function fail() {
    present([], "");
    status.textContent = "";
    onFailure(true);
  }

  function remember() {
    if (!last) return;
    const others = recent.filter((text) => text !== last).slice(0, REMEMBERED - 1);
    recent.splice(0, recent.length, last, ...others);
  }

  function search(text) {
    input.value = text;
    input.focus();
    read();
  }

  const safely = (act) => (news) => act(news).catch(fail);
  const [shown, offered, refused, waited] = [show, offer, refuse, wait].map(safely);
  const to = { show: shown, offer: offered, refuse: refused, wait: waited, fail };
  const read = startAsking(input, { catalogue, language, limit, to });
  return { read, remember };
}

function group(label, options) {
  const heading = element("span", { class: "hc-panel__heading", role: "presentation" }, label);
  heading.id = newId("group");
  return element("div", { role: "group", "aria-labelledby": heading.id }, heading, ...options);
}
