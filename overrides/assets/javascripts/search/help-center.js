// <help-center language="en" topic="withdrawal-delayed">: the search of a help center in another
// page, or in an app's web view. Published with all it imports as the one script help-widget.js.

import { mayBeShared } from "./asking.js";
import { openCatalogue } from "./catalogue.js";
import { element } from "../common/dom.js";
import { openPanel } from "./panel.js";
import sheet from "../../stylesheets/help-widget.css" with { type: "css" };

// The script lies in the root of its help center, which is all it needs to know.
const HOME = new URL(".", document.currentScript?.src ?? document.baseURI).href;

// What the page put into the element shows until the search is there, and if it never is.
class HelpCenter extends HTMLElement {
  static observedAttributes = ["language", "topic", "target"];
  #isDue = false;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    this.shadowRoot.append(element("slot"));
  }

  connectedCallback() {
    this.#draw();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  // Once for all attributes that are set together.
  async #draw() {
    if (this.#isDue) return;
    this.#isDue = true;
    await null;
    this.#isDue = false;
    const catalogue = openCatalogue(HOME);
    try {
      const { languages } = await catalogue.manifest();
      const language = choose(languages, this.getAttribute("language"));
      const parts = await this.#parts(catalogue, language, languages[language]);
      if (this.isConnected) this.shadowRoot.replaceChildren(...parts);
    } catch {
      this.shadowRoot.replaceChildren(element("slot"));
    }
  }

  async #parts(catalogue, language, { texts, tag, results, contact }) {
    const target = this.getAttribute("target") ?? "_blank";
    const input = element("input", {
      type: "text",
      "aria-label": texts.label,
      placeholder: texts.placeholder,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "search",
    });
    const form = element("form", { role: "search", "aria-label": texts.label }, input);
    const place = element("div", { class: "panel" });
    const failure = element("p", { class: "failure", role: "alert" });
    const person = await catalogue.address(language, contact);
    const end = element("p", { class: "end" });
    end.append(element("a", { href: person, target, rel: "noopener" }, texts.contact));
    const box = element("div", { class: "box", lang: tag }, form, failure, place, end);
    const topic = this.getAttribute("topic");
    const onFailure = (isFailed) => failure.replaceChildren(isFailed ? texts.failed : "");
    const options = { catalogue, language, topic, target, onFailure };
    const { read, remember } = openPanel(input, place, options);
    const all = await catalogue.address(language, results);

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!mayBeShared(input.value)) return;
      remember();
      const href = `${all}?q=${encodeURIComponent(input.value.trim())}`;
      const link = element("a", { href, target, rel: "noopener" }, input.value.trim());
      if (this.#mayOpen(link)) link.click();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || !input.value) return;
      input.value = "";
      read();
    });
    box.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link && !this.#mayOpen(link)) event.preventDefault();
    });
    // The index itself is loaded when a reader turns to the field.
    input.addEventListener("focus", () => catalogue.engine(language).catch(() => {}));
    read();
    return [box];
  }

  // An app that opens the article itself cancels the event.
  #mayOpen(link) {
    const title = (link.querySelector(".hc-result__title") ?? link).textContent;
    const detail = { url: link.href, title };
    const options = { detail, bubbles: true, cancelable: true, composed: true };
    return this.dispatchEvent(new CustomEvent("help-center-open", options));
  }
}

// `wanted` may be a code of the manifest or any language tag: "zh", "zh-Hans", "zh-CN", "en-US".
function choose(languages, wanted) {
  const codes = Object.keys(languages);
  const tag = (wanted || document.documentElement.lang || "").toLowerCase();
  const fits = (code) => [code, languages[code].tag.toLowerCase()].includes(tag);
  return codes.find(fits) ?? codes.find((code) => tag.split("-")[0] === code) ?? codes[0];
}

if (!customElements.get("help-center")) customElements.define("help-center", HelpCenter);
