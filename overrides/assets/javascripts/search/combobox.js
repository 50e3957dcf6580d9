// The keyboard and the states of a combobox with a list of options: WAI-ARIA Authoring Practices,
// "Editable combobox with list autocomplete". Focus stays in the field; the active option is named.

import { newId } from "../common/dom.js";

// `list` holds elements of role "option", links or buttons, that do their work when clicked.
// Returns a function that tells the field about a list with other options.
export function combobox(input, list) {
  let active = null;

  const options = () => [...list.querySelectorAll("[role=option]")];

  function activate(option) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  // Home and End belong to the text until an option is active.
  function target(key, all) {
    const place = all.indexOf(active);
    if (key === "ArrowDown") return all[place + 1] ?? all[0];
    if (key === "ArrowUp") return all[place - 1] ?? all.at(-1);
    if (key === "Home" && active) return all[0];
    if (key === "End" && active) return all.at(-1);
    return undefined;
  }

  input.addEventListener("keydown", (event) => {
    const withOthers = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (event.isComposing || withOthers) return;
    const option = event.key === "Enter" ? undefined : target(event.key, options());
    if (option) activate(option);
    else if (event.key === "Enter" && active) active.click();
    else return;
    event.preventDefault();
  });

  list.id ||= newId("list");
  list.setAttribute("role", "listbox");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  return function renew() {
    activate(null);
    const all = options();
    for (const option of all) {
      option.id ||= newId("option");
      option.setAttribute("aria-selected", "false");
    }
    list.hidden = !all.length;
    input.setAttribute("aria-expanded", String(all.length > 0));
  };
}
