// The switch of colors: as the system has them, light, or dark. Runs before anything is painted,
// so that a page begins in the colors that its reader chose on another.
{
  const button = document.querySelector("[data-hc-palette]");
  const choices = [...button.children];
  const isDark = matchMedia("(prefers-color-scheme: dark)");
  let place = Math.max(0, globalThis.__md_get("__palette")?.index ?? 0) % choices.length;

  const show = () => {
    const { scheme, name } = choices[place].dataset;
    const system = isDark.matches ? "slate" : "default";
    document.body.setAttribute("data-md-color-scheme", scheme || system);
    for (const choice of choices) choice.hidden = choice !== choices[place];
    button.setAttribute("aria-label", name);
    button.title = name;
  };
  button.addEventListener("click", () => {
    place = (place + 1) % choices.length;
    globalThis.__md_set("__palette", { index: place });
    show();
  });
  isDark.addEventListener("change", show);
  show();
}
