// A fee table that can be filtered and sorted. Without scripts it is the same table, in its order.

import { decimal } from "./decimal.js";
import { fill } from "../common/texts.js";

// Below this many rows, the whole table is at a glance.
const FEW = 6;

export function startTable(tools) {
  const table = tools.nextElementSibling;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  if (rows.length < 2) return;
  const headers = [...table.tHead.rows[0].cells];
  const sort = sorter(rows, table.closest("[lang]").lang);
  const chooser = tools.querySelector("select");

  function sortBy(column, direction) {
    body.append(...sort(column, direction));
    for (const [index, header] of headers.entries()) {
      header.setAttribute("aria-sort", index === column ? direction : "none");
    }
    chooser.value = direction === "descending" ? "" : String(column);
  }

  for (const [column, header] of headers.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hc-sort";
    button.append(...header.childNodes);
    header.append(button);
    header.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const isUp = header.getAttribute("aria-sort") === "ascending";
      sortBy(column, isUp ? "descending" : "ascending");
    });
    chooser.add(new Option(button.textContent, String(column)));
  }
  chooser.addEventListener("change", () => {
    sortBy(chooser.value === "" ? -1 : Number(chooser.value), "ascending");
  });
  if (rows.length >= FEW) startFilter(tools, rows);
  tools.hidden = false;
}

// Return a function that puts the rows in order of a column; -1 is the order of the page.
function sorter(rows, language) {
  const collator = new Intl.Collator(language, { numeric: true });
  const keysOf = new Map();
  const textOf = (cell) => cell.textContent.trim();
  const first = rows.map((row) => textOf(row.cells[0]));

  function keys(column) {
    const cells = rows.map((row) => row.cells[column]);
    const given = cells.map((cell) => cell.dataset.value);
    // Numbers are compared as whole numbers of the finest unit that any row has.
    if (!given.every((value) => value === undefined || /^(\d+(\.\d+)?)?$/.test(value))) return given;
    if (given.every((value) => !value)) return cells.map(textOf);
    const numbers = given.map((value) => (value ? decimal(value) : { digits: -1n, scale: 0 }));
    const scale = Math.max(...numbers.map((number) => number.scale));
    return numbers.map((number) => number.digits * 10n ** BigInt(scale - number.scale));
  }

  const byText = (a, b) => collator.compare(a, b);
  const byNumber = (a, b) => (a < b ? -1 : Number(a > b));

  return (column, direction) => {
    if (column < 0) return rows;
    if (!keysOf.has(column)) keysOf.set(column, keys(column));
    const key = keysOf.get(column);
    const compare = typeof key[0] === "bigint" ? byNumber : byText;
    const sign = direction === "descending" ? -1 : 1;
    return rows
      .map((_, index) => index)
      .sort((a, b) => sign * compare(key[a], key[b]) || byText(first[a], first[b]) || a - b)
      .map((index) => rows[index]);
  };
}

// Full-width, upper case and hyphens make no difference: "ｔｒｃ20" finds TRC-20.
const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[-–‑]/g, "");

function startFilter(tools, rows) {
  const field = tools.querySelector("input");
  const status = tools.querySelector("[role=status]");
  const texts = rows.map((row) => fold(`${row.textContent} ${row.dataset.words ?? ""}`));

  function filter() {
    const words = fold(field.value).split(/\s+/);
    let shown = 0;
    for (const [index, row] of rows.entries()) {
      const matches = words.every((word) => texts[index].includes(word));
      if (row.hidden === matches) row.hidden = !matches;
      shown += Number(matches);
    }
    const { shown: count, none } = status.dataset;
    status.textContent = shown ? fill(count, { n: shown, total: rows.length }) : none;
  }

  field.closest("p").hidden = false;
  field.addEventListener("input", filter);
}
