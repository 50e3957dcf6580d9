// How one result looks: title and section, what it is, where it lies in the menu, and the short
// answer or the passage that fits, with the words that were found marked.

import { element } from "../common/dom.js";

// Returns the parts of a result, for a link or a list item to hold. A question shows its answer;
// one of its sections that was found shows what it says, beside the answer if it `isBest`.
export function resultParts(result, texts, isBest) {
  const { anchor, section, path, type, answer, passage } = result;
  const isAnswer = answer === passage.text;
  const showsAnswer = answer && !isAnswer && (isBest || !anchor);
  const showsPassage = !showsAnswer || anchor;
  return {
    title: [result.title, ...(section ? [" › ", section] : [])].join(""),
    type: element("span", { class: `hc-result__type hc-result__type--${type}` }, texts.type[type]),
    path: path.length ? element("span", { class: "hc-result__path" }, path.join(" › ")) : "",
    texts: [
      ...(showsAnswer ? [paragraph("answer", answer)] : []),
      ...(showsPassage ? [paragraph(isAnswer ? "answer" : "passage", ...marked(passage))] : []),
    ],
  };
}

const paragraph = (kind, ...parts) =>
  element("span", { class: `hc-result__text hc-result__text--${kind}` }, ...parts, " ");

function marked({ text, marks }) {
  const parts = [];
  let end = 0;
  for (const [start, stop] of marks) {
    parts.push(text.slice(end, start), element("mark", {}, text.slice(start, stop)));
    end = stop;
  }
  return [...parts, text.slice(end)];
}

export const addressOf = ({ url, anchor }) => (anchor ? `${url}#${anchor}` : url);

// Texts that count something have one form for each plural category of their language.
export const countText = (forms, n, language) =>
  (forms[new Intl.PluralRules(language).select(n)] ?? forms.other).replace("{n}", n);
