// Loads the tools that a page has: the address checker and the explainer of a transfer's state.

const checkers = document.querySelectorAll("[data-hc-address-checker]");
if (checkers.length) {
  import("./address/checker.js").then((module) => checkers.forEach(module.startChecker));
}

const explainers = document.querySelectorAll("[data-hc-explainer]");
if (explainers.length) {
  import("./transfers/explainer.js").then((module) => explainers.forEach(module.startExplainer));
}
