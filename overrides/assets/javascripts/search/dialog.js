// The search dialog of every page: its panel, and the way to the page of all results.

import { mayBeShared } from "./asking.js";
import { openCatalogue } from "./catalogue.js";
import { openPanel } from "./panel.js";

// Returns a function that searches for what the dialog's field holds.
export function attachDialog(dialog) {
  const { language, home, results } = dialog.dataset;
  const form = dialog.querySelector("form");
  const input = form.querySelector("input");
  const place = dialog.querySelector("[data-hc-search-panel]");
  const failure = dialog.querySelector("[data-hc-search-failure]");
  const catalogue = openCatalogue(new URL(home, document.baseURI).href);
  const onFailure = (isFailed) => {
    failure.hidden = !isFailed;
  };
  const { read, remember } = openPanel(input, place, { catalogue, language, onFailure });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (mayBeShared(input.value)) {
      remember();
      location.assign(`${results}?q=${encodeURIComponent(input.value.trim())}`);
    } else {
      place.querySelector(".hc-result")?.click();
    }
  });
  // A result on this very page leads nowhere while the dialog covers it.
  place.addEventListener("click", (event) => {
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (isPlain && event.target.closest("a")) dialog.close();
  });
  catalogue.engine(language).catch(() => {}); // asked for again with the first word
  return read;
}
