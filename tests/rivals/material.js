// The search of Material for MkDocs, by its own worker, with one index per language and a separator
// that fits it; Chinese comes with word boundaries, as its plugin puts them.
const SEPARATOR = "[\\s\\u200b\\u3000\\-/.,:;!?()\\[\\]、。，．：；？！“”（）]+";

export async function openSearch({ documents, language, worker: address }) {
  const worker = new Worker(address);
  const ask = (message) =>
    new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage(message);
    });
  const docs = documents.flatMap(({ title, marked, sections }, number) => [
    { location: `${number}/`, title: marked ?? title, text: sections[0]?.text ?? "" },
    ...sections.slice(1).map(({ heading, text }, place) => ({
      location: `${number}/#${place}`,
      title: heading,
      text,
    })),
  ]);
  const fields = { title: { boost: 1000 }, text: { boost: 1 }, tags: { boost: 1000000 } };
  const config = { lang: [language], separator: SEPARATOR, pipeline: ["stopWordFilter"], fields };
  await ask({ type: 0, data: { config, docs, options: { suggest: false } } });
  return {
    async find(text) {
      const { data } = await ask({ type: 2, data: text });
      return data.items.map(([first]) => parseInt(first.location, 10));
    },
  };
}
