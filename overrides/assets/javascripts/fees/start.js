// Loads what a page of fees needs, and nothing on every other page.

const forms = document.querySelectorAll("[data-hc-calculator]");
if (forms.length) {
  import("./calculator.js").then(({ startCalculator }) => forms.forEach(startCalculator));
}

const tools = document.querySelectorAll("[data-hc-table-tools]");
if (tools.length) {
  import("./tables.js").then(({ startTable }) => tools.forEach(startTable));
}
