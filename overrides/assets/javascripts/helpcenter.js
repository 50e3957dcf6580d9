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

document.querySelectorAll("[data-hc-menu]").forEach(menu);
