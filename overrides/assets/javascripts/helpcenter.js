// Small helps around Material's own script: everything here has a plain way without it.

const toggle = (name) => document.querySelector(`[data-md-toggle="${name}"]`);

function set(box, checked) {
  if (box && box.checked !== checked) box.click();
}

// The menu on small screens: a real button that says whether the menu is open.
function menu(button) {
  const drawer = toggle("drawer");
  const labels = { false: button.getAttribute("aria-label"), true: button.dataset.hcClose };
  const show = () => {
    button.setAttribute("aria-expanded", String(drawer.checked));
    button.setAttribute("aria-label", labels[drawer.checked]);
  };
  button.addEventListener("click", () => {
    set(drawer, !drawer.checked);
    if (drawer.checked) document.querySelector("#hc-nav a")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    set(drawer, false);
    button.focus();
  });
  drawer.addEventListener("change", show);
  show();
}

// Material 9.8.1 searches on keyup alone: pasted, spoken and handwritten text would find nothing.
function search(query) {
  query.addEventListener("input", () => {
    query.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  });
}

function ask(text) {
  const query = document.querySelector("[data-md-component=search-query]");
  set(toggle("search"), true);
  query.focus();
  query.value = text;
  query.dispatchEvent(new Event("input", { bubbles: true }));
}

// The large field of the home page hands its words to the search dialog, never to the address.
function field(form) {
  const input = form.querySelector("input");
  const hand = () => {
    ask(input.value);
    input.value = "";
  };
  input.addEventListener("input", (event) => {
    if (!event.isComposing && input.value.trim()) hand();
  });
  input.addEventListener("compositionend", () => {
    if (input.value.trim()) hand();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    hand();
  });
}

document.querySelectorAll("[data-hc-menu]").forEach(menu);
document.querySelectorAll("[data-md-component=search-query]").forEach(search);
document.querySelectorAll("[data-hc-search]").forEach(field);
document.querySelectorAll("[data-hc-search-open]").forEach((button) => {
  button.addEventListener("click", () => ask(""));
});
