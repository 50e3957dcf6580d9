// The page of all results: `?q=` holds the words of a search that a reader sent off or a link
// holds, and nothing else ever stands there.

import { mayBeShared, startAsking } from "./asking.js";
import { openCatalogue } from "./catalogue.js";
import { element } from "../common/dom.js";
import { addressOf, countText, resultParts } from "./results.js";
import { safetyAdvice } from "./safety.js";
import { fill } from "../common/texts.js";

const LIMIT = 30;

// `page` holds the form and the places for what is found; `site` names language and home.
export function startResults(page, site) {
  const { language, home } = site.dataset;
  const catalogue = openCatalogue(new URL(home, document.baseURI).href);
  const form = page.querySelector("form");
  const input = form.querySelector("input");
  const [status, alert, failure, note, list, offers] = [
    "[data-hc-search-status]",
    "[data-hc-search-alert]",
    "[data-hc-search-failure]",
    "[data-hc-search-note]",
    "[data-hc-search-results]",
    "[data-hc-search-offers]",
  ].map((selector) => page.querySelector(selector));

  const entry = async (code) => (await catalogue.manifest()).languages[code];

  async function item(result, code, isBest) {
    const parts = resultParts(result, (await entry(code)).texts, isBest);
    const href = await catalogue.address(code, addressOf(result));
    const link = element("a", { class: "hc-result__title", href }, parts.title);
    const around = [link, " ", parts.type, " ", parts.path, " ", ...parts.texts];
    return element("li", { class: "hc-result" }, ...around);
  }

  const items = (results, code) =>
    Promise.all(results.map((result, place) => item(result, code, place === 0)));

  function clear() {
    for (const place of [note, list, offers]) place.replaceChildren();
    status.textContent = "";
    failure.hidden = true;
  }

  async function show({ text, answer, mayBeSecret }) {
    if (!answer) {
      alert.replaceChildren();
      return clear();
    }
    const { texts, tag } = await entry(language);
    if (mayBeSecret) await warn("maybe_secret");
    const { kind, results, corrected } = answer;
    const found = await items(results, language);
    clear();
    status.textContent = results.length
      ? countText(texts.count, results.length, tag)
      : fill(texts.none, { text });
    list.replaceChildren(...found);
    if (kind !== "results") note.append(texts.recognised[kind]);
    else if (corrected) {
      const href = `?q=${encodeURIComponent(corrected)}`;
      note.append(element("a", { href }, fill(texts.meant, { text: corrected })));
    }
  }

  async function offer({ language: code, results }) {
    const [{ texts }, there] = await Promise.all([entry(language), entry(code)]);
    const heading = element("h2", {}, fill(texts.other, { language: there.name }));
    const found = element("ol", { class: "hc-results hc-plain", lang: there.tag });
    found.append(...(await items(results, code)));
    offers.append(heading, found);
  }

  async function refuse() {
    clear();
    return warn("secret");
  }

  async function warn(text) {
    alert.replaceChildren(...(await safetyAdvice({ catalogue, language }, text)));
  }

  function fail() {
    clear();
    failure.hidden = false;
  }

  function shareOnly(text, change = "replaceState") {
    const query = mayBeShared(text) ? `?q=${encodeURIComponent(text.trim())}` : "";
    if (query !== location.search) history[change](null, "", location.pathname + query);
  }

  const to = { show, offer, refuse: () => refuse().catch(fail), wait: () => {}, fail };
  const read = startAsking(input, { catalogue, language, limit: LIMIT, to });

  function readAddress() {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    shareOnly(input.value);
    read();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!input.value.trim()) return; // a field that was emptied for safety keeps its alert
    shareOnly(input.value, "pushState");
    read();
  });
  window.addEventListener("popstate", readAddress);
  readAddress();
}
