// The address checker's form. What is entered stays in the field: it is never put into the address
// of the page, a store or a request, and a secret is taken away before anything else is done.

import { element } from "../common/dom.js";
import { describe } from "./describe.js";
import { examine } from "./examine.js";

// Long enough to finish an address typed by hand before it is judged and read aloud.
const PAUSE = 400;
const GROUP = 4;

export function startChecker(form) {
  const data = form.parentElement.querySelector("[data-hc-address-data]");
  const { networks, texts } = JSON.parse(data.textContent);
  const field = form.querySelector("input");
  const choice = form.querySelector("select");
  const alert = form.querySelector("[role=alert]");
  const status = form.querySelector("[role=status]");
  const result = form.querySelector("[data-hc-result]");
  const [verdict, rows, groups] = ["verdict", "rows", "groups"].map((name) =>
    result.querySelector(`[data-hc-${name}]`),
  );
  let waiting;

  const isSecret = ({ kind }) => kind === "secret" || kind === "transaction";

  function refuse({ kind }) {
    clearTimeout(waiting);
    field.value = "";
    present({ kind: "nothing" });
    const advice = form.querySelector(`[data-hc-advice=${kind}]`).cloneNode(true);
    advice.hidden = false;
    alert.replaceChildren(advice);
  }

  function present(found) {
    // What is typed on after a secret was taken away does not take the warning away.
    if (found.kind === "address" || found.kind === "elsewhere") alert.replaceChildren();
    result.hidden = found.kind === "nothing" || alert.hasChildNodes();
    status.textContent = "";
    if (result.hidden) return;
    const told = describe(found, { networks, texts, chosen: choice.value });
    result.dataset.level = told.level;
    verdict.textContent = told.verdict;
    rows.replaceChildren(...told.rows.map(row));
    groups.parentElement.hidden = found.kind !== "address";
    groups.replaceChildren(...inGroups(found.text ?? "").map((text) => element("span", {}, text)));
    const said = told.rows.map(([term, parts]) => `${term}${texts.colon}${parts.join(" ")}`);
    status.textContent = [told.verdict, ...said].join(" ");
  }

  function update() {
    clearTimeout(waiting);
    const found = examine(field.value);
    if (isSecret(found)) refuse(found);
    else present(found);
  }

  // Before a paste enters the field, and with it what can be undone.
  field.addEventListener("beforeinput", (event) => {
    const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    const found = examine(text);
    if (!isSecret(found)) return;
    event.preventDefault();
    refuse(found);
  });
  field.addEventListener("input", ({ isComposing, inputType }) => {
    if (isComposing) return;
    const found = examine(field.value);
    if (isSecret(found)) return refuse(found);
    clearTimeout(waiting);
    if (inputType === "insertText") waiting = setTimeout(update, PAUSE);
    else update();
  });
  field.addEventListener("change", update);
  choice.addEventListener("change", update);
  form.addEventListener("reset", () => {
    // The fields are emptied after this event.
    clearTimeout(waiting);
    alert.replaceChildren();
    present({ kind: "nothing" });
    field.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  // A page that the browser keeps, to go back to, keeps no address.
  window.addEventListener("pagehide", () => form.reset());
  form.hidden = false;
}

const row = ([term, texts]) =>
  element(
    "div",
    {},
    element("dt", {}, term),
    element("dd", {}, ...texts.map((text) => element("span", { class: "hc-part" }, text))),
  );

const inGroups = (text) => text.match(new RegExp(`.{1,${GROUP}}`, "gu")) ?? [];
