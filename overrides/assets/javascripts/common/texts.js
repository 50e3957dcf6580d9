// Texts come from the page, in data attributes; here their {parameters} are filled in.

// A parameter without a value stays, for whoever fills in the rest.
export const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (parameter, name) => values[name] ?? parameter);
