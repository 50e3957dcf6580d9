// The published search files of one help center: search.json, and an engine for each language.
// Each is fetched once, when it is first asked for; what failed is fetched again the next time.

import { openSearch } from "./engine.js";

const catalogues = new Map();

// `home` is the absolute address of the help center's root, with a slash at the end.
export function openCatalogue(home) {
  if (!catalogues.has(home)) catalogues.set(home, newCatalogue(home));
  return catalogues.get(home);
}

function newCatalogue(home) {
  const once = memory();

  // The index carries its version in the address, so that files of two builds never mix.
  const read = async (path, options) => {
    const request = { referrerPolicy: "no-referrer", ...options };
    const answer = await fetch(new URL(path, home), request);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.text();
  };
  const manifest = () =>
    once("manifest", async () => JSON.parse(await read("search.json", { cache: "no-cache" })));
  const engine = (language) =>
    once(language, async () => {
      const { index, version } = (await manifest()).languages[language];
      return openSearch({ load: (name) => read(`${index}${name}?v=${version}`) });
    });

  // The absolute address of a path below one language's root.
  const address = async (language, path) =>
    new URL((await manifest()).languages[language].home + path, home).href;

  return { manifest, engine, address };
}

function memory() {
  const kept = new Map();
  return (key, make) => {
    if (!kept.has(key)) {
      const made = make();
      kept.set(key, made);
      made.catch(() => kept.delete(key));
    }
    return kept.get(key);
  };
}
