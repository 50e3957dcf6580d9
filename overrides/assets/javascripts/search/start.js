// Opens the search: by its button, "/", Ctrl or Command with K, or the large field of the home
// page. Nothing else of the search is loaded before a reader asks for it.

const dialog = document.querySelector("[data-hc-search-dialog]");
const input = dialog.querySelector("input");
const failure = dialog.querySelector("[data-hc-search-failure]");
let attached = null;

// The dialog opens and takes the focus at once: phones show their keyboard only while the tap
// that asked for it lasts.
function open(text = "") {
  if (!dialog.open) dialog.showModal();
  if (text) input.value = text;
  input.focus();
  if (text) input.setSelectionRange(text.length, text.length);
  else input.select();
  attached ??= import("./dialog.js").then(({ attachDialog }) => attachDialog(dialog));
  attached.then(
    (read) => read(),
    () => {
      attached = null;
      failure.hidden = false;
    },
  );
}

// The large field hands its words to the dialog, never to the address.
function handOver(form) {
  const field = form.querySelector("input");
  const hand = () => {
    const text = field.value;
    field.value = "";
    open(text);
  };
  field.addEventListener("click", hand);
  field.addEventListener("input", (event) => {
    if (!event.isComposing && field.value) hand();
  });
  field.addEventListener("compositionend", hand);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    hand();
  });
}

const isTyping = (place) =>
  place.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(place.tagName);

document.addEventListener("keydown", (event) => {
  const withOthers = event.ctrlKey || event.metaKey || event.altKey;
  const isSlash = event.key === "/" && !withOthers && !isTyping(event.target);
  const isK = event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
  if (event.isComposing || !(isSlash || isK)) return;
  event.preventDefault();
  open();
});
document.querySelectorAll("[data-hc-search-open]").forEach((button) => {
  button.addEventListener("click", () => open());
});
document.querySelectorAll("[data-hc-search]").forEach(handOver);
dialog.querySelector("[data-hc-search-close]").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});

const page = document.querySelector("[data-hc-search-page]");
if (page) import("./results-page.js").then(({ startResults }) => startResults(page, dialog));
