// Texts come from the page, in data attributes; here their {parameters} are filled in.

// A parameter without a value stays, for whoever fills in the rest.
export const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (parameter, name) => values[name] ?? parameter);

// A day of the calendar, "2027-01-01", as people write it.
export const writeDay = (day, language) =>
  new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
