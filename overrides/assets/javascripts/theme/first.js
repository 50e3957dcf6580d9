// Loaded before every other script: what text may become, and what the theme's script keeps.

// Where Trusted Types are enforced, a script may write plain text as markup, and nothing else:
// no element, no script and no script's address can be made from a string.
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (text) => (text.includes("<") ? null : text),
});

// Material's bundle calls these by their names; its template defines them in an inline script.
// A browser that keeps nothing throws at the mere name of its storage.
const place = (key, scope) => `${scope.pathname}.${key}`;
globalThis.__md_scope = new URL("/", location);
globalThis.__md_get = (key, storage, scope = globalThis.__md_scope) => {
  try {
    return JSON.parse((storage ?? localStorage).getItem(place(key, scope)));
  } catch {
    return null;
  }
};
globalThis.__md_set = (key, value, storage, scope = globalThis.__md_scope) => {
  try {
    (storage ?? localStorage).setItem(place(key, scope), JSON.stringify(value));
  } catch {
    // the choice holds for this page alone
  }
};
