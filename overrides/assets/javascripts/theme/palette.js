// The colors that the reader chose, before the page is painted in others.
{
  const kept = globalThis.__md_get("__palette")?.color;
  if (kept) {
    const system = kept.media === "(prefers-color-scheme)";
    const dark = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const media = system ? `(prefers-color-scheme: ${dark})` : kept.media;
    const choices = document.querySelectorAll("[data-md-color-media]");
    const chosen = [...choices].find((choice) => choice.dataset.mdColorMedia === media);
    for (const part of ["scheme", "primary", "accent"]) {
      const value = chosen?.getAttribute(`data-md-color-${part}`);
      if (value) document.body.setAttribute(`data-md-color-${part}`, value);
    }
    document.body.setAttribute("data-md-color-media", media);
  }
}
