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
  // The open menu lies over the page: what is under it must not hold the focus.
  document.addEventListener("focusin", ({ target }) => {
    if (target !== button && !target.closest("#hc-nav")) set(drawer, false);
  });
  drawer.addEventListener("change", show);
  show();
}

// A table too wide for the screen scrolls in its frame, which Material's script puts around it once
// the page is read. The keyboard gets there too, and a screen reader says under which heading it is.
function reachable(frame) {
  const isAbove = (heading) =>
    heading.compareDocumentPosition(frame) & Node.DOCUMENT_POSITION_FOLLOWING;
  const heading = [...document.querySelectorAll("article :is(h1, h2, h3)")].findLast(isAbove);
  const values = { tabindex: "0", role: "region", "aria-labelledby": heading.id };
  new ResizeObserver(() => {
    const isWide = frame.scrollWidth > frame.clientWidth;
    for (const [name, value] of Object.entries(values)) {
      if (isWide) frame.setAttribute(name, value);
      else frame.removeAttribute(name);
    }
  }).observe(frame);
}

document.querySelectorAll("[data-hc-menu]").forEach(menu);
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".md-typeset__scrollwrap").forEach(reachable);
});
