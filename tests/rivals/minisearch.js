// MiniSearch as a careful adopter would set it up: fields weighted, prefixes and typing errors on,
// words of both languages cut by the browser's own segmenter.
import MiniSearch from "./node_modules/minisearch/dist/es/index.js";

export async function openSearch({ documents, language }) {
  const segmenter = new Intl.Segmenter(language, { granularity: "word" });
  const search = new MiniSearch({
    idField: "number",
    fields: ["title", "headings", "asked", "text"],
    tokenize: (text) =>
      [...segmenter.segment(text.normalize("NFKC"))]
        .filter(({ isWordLike }) => isWordLike)
        .map(({ segment }) => segment),
    searchOptions: {
      boost: { title: 4, asked: 3, headings: 2 },
      prefix: (term) => term.length > 2 || /[\u3400-\u9fff]/.test(term),
      fuzzy: (term) => (term.length > 3 ? 0.2 : false),
      combineWith: "OR",
    },
  });
  search.addAll(documents.map((document, number) => ({ ...document, number })));
  return { find: async (text) => search.search(text).map(({ id }) => id) };
}
