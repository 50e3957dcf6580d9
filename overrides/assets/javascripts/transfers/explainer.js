// Narrows the table of a transfer's states to what the reader sees. Everything that it shows is in
// the table; it only hides the rest. What is chosen stays in the page.

import { fill } from "../common/texts.js";

export function startExplainer(form) {
  const tool = form.parentElement;
  const [side, state, network] = ["side", "state", "network"].map((name) =>
    form.querySelector(`#hc-transfer-${name}`),
  );
  const ages = form.querySelector("fieldset");
  const status = form.querySelector("[role=status]");
  const families = tool.querySelector(".hc-families");
  const rows = [...tool.querySelectorAll("[data-state]")];
  const first = state.options[0];

  const isOf = (element) => !side.value || element.dataset.sides.split(" ").includes(side.value);
  const chosenRow = () => rows.find(({ dataset }) => dataset.state === state.value);

  // Only states that such a transfer can have; what was chosen stays where it can.
  function offerStates() {
    const wanted = state.value;
    const offered = rows.filter(isOf).map((row) => {
      const { textContent } = row.querySelector("[data-name]");
      return new Option(textContent, row.dataset.state);
    });
    state.replaceChildren(first, ...offered);
    state.value = offered.some(({ value }) => value === wanted) ? wanted : "";
    state.closest("p").hidden = !side.value;
  }

  function offerAges(limit) {
    ages.hidden = !limit;
    ages.querySelectorAll("[data-text]").forEach((label) => {
      label.textContent = fill(label.dataset.text, { limit });
    });
    if (!limit) form.elements.age.value = "";
  }

  const isByNetwork = (row) => row.hasAttribute("data-by-network");

  // On which network it is does not matter before a transfer leaves, or after it is done.
  function offerNetworks(row) {
    const isAsked = Boolean(row) && isByNetwork(row);
    network.closest("p").hidden = !isAsked;
    if (!isAsked) network.value = "";
  }

  function show() {
    const row = chosenRow();
    const limit = row?.dataset.limit ?? "";
    offerAges(limit);
    offerNetworks(row);
    const age = form.elements.age.value;
    tool.classList.toggle("hc-explainer--one", Boolean(row));
    for (const each of rows) each.hidden = row ? each !== row : !isOf(each);
    for (const part of tool.querySelectorAll("[data-age]")) {
      part.hidden = Boolean(row && age) && part.dataset.age !== age;
    }
    for (const item of tool.querySelectorAll("li[data-sides]")) item.hidden = !isOf(item);
    const wanted = network.value;
    families.hidden = Boolean(row) && !isByNetwork(row);
    for (const family of families.querySelectorAll("[data-networks]")) {
      family.hidden = Boolean(wanted) && !family.dataset.networks.split(" ").includes(wanted);
    }
    for (const part of tool.querySelectorAll("[data-network]")) {
      part.hidden = Boolean(wanted) && part.dataset.network !== wanted;
    }
    status.textContent = row ? inShort(row) : "";
  }

  function inShort(row) {
    const parts = [...row.querySelectorAll("td [data-age], td:nth-of-type(1)")];
    const text = parts.filter((part) => !part.hidden).map((part) => part.textContent.trim());
    const name = row.querySelector("[data-name]").textContent;
    return fill(status.dataset.shown, { state: name, text: text.join(" ") });
  }

  function update() {
    offerStates();
    show();
  }

  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    for (const select of [side, state, network]) select.value = "";
    form.elements.age.value = "";
    update();
    side.focus();
  });
  update();
  form.hidden = false;
}
