// What a reader is told who entered a recovery phrase or a private key, or what may be one: that it
// is gone from the field, and what to do if it was entered anywhere else.

import { element } from "../common/dom.js";

// Returns the elements of the alert, in the words of `language`.
export async function safetyAdvice({ catalogue, language, target = null }, text = "secret") {
  const { texts, pages, advice } = (await catalogue.manifest()).languages[language];
  const links = advice.map(async (path) => {
    const href = await catalogue.address(language, path);
    return element("li", {}, element("a", { href, target }, pages[path]));
  });
  return [element("p", {}, texts[text]), element("ul", {}, ...(await Promise.all(links)))];
}
