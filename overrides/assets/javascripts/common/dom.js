// Makes elements from plain values. Text becomes text nodes and never HTML, so that nothing an
// index, a manifest or a reader says can become an element.

// Attributes whose value is null or undefined are left out.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

let made = 0;

// An id that no other element of the page has.
export const newId = (name) => `hc-${name}-${(made += 1)}`;
