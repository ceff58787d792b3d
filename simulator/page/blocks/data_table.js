// The data table: sorted, searched and paged on the page, as Slack's client does it.

import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { cellNode, cellText, isNumber } from "./table.js";

const SEARCH_FROM_ROWS = 8;

function compare(left, right) {
  if (isNumber(left) && isNumber(right)) return left.value - right.value;
  return cellText(left).localeCompare(cellText(right), "en", { numeric: true, sensitivity: "base" });
}

/** @typedef {{column: number|null, down: boolean, page: number, query: string}} Look */

function visibleRows(block, look) {
  const query = look.query.trim().toLowerCase();
  const rows = block.rows
    .slice(1)
    .filter((row) => !query || row.some((cell) => cellText(cell).toLowerCase().includes(query)));
  if (look.column === null) return rows;
  const sorted = rows.toSorted((a, b) => compare(a[look.column], b[look.column]));
  return look.down ? sorted.reverse() : sorted;
}

function headCell(cell, column, look, sortBy, numeric) {
  const mine = look.column === column;
  const order = mine ? (look.down ? "descending" : "ascending") : "none";
  return el(
    "th",
    { scope: "col", "aria-sort": order, class: numeric ? "align-right" : null },
    el(
      "button",
      {
        type: "button",
        class: mine ? "sort active" : "sort",
        "data-focus": `sort-${column}`,
        on: { click: () => sortBy(column) },
      },
      cellText(cell),
      icon(mine ? (look.down ? "down" : "up") : "sort", 13),
    ),
  );
}

function pager(look, pages, total, turn) {
  const button = (name, label, step, off) =>
    el(
      "button",
      {
        class: "icon-button",
        type: "button",
        "aria-label": label,
        "data-focus": name,
        disabled: off,
        on: { click: () => turn(step) },
      },
      icon(name, 16),
    );
  return el(
    "div",
    { class: "pager" },
    el("span", {}, `${total} ${total === 1 ? "row" : "rows"}`),
    pages > 1
      ? [
          button("back", "Previous page", -1, look.page === 0),
          el("span", { "aria-live": "polite" }, `${look.page + 1} of ${pages}`),
          button("forward", "Next page", 1, look.page >= pages - 1),
        ]
      : null,
  );
}

function drawTable(block, look, change) {
  const size = block.page_size ?? 5;
  const rows = visibleRows(block, look);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  look.page = Math.min(look.page, pages - 1);
  const header = block.row_header_column_index ?? 0;
  const sortBy = (column) => change({ column, down: look.column === column ? !look.down : false, page: 0 });
  const draw = (cell, column) =>
    column === header
      ? el("th", { scope: "row" }, cellNode(cell))
      : el("td", { class: isNumber(cell) ? "align-right" : null }, cellNode(cell));
  return [
    el(
      "div",
      { class: "table-wrap", tabindex: "0", role: "group", "aria-label": block.caption },
      el(
        "table",
        { class: "grid-table data" },
        el("caption", { class: "sr-only" }, block.caption),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            block.rows[0].map((cell, column) =>
              headCell(cell, column, look, sortBy, isNumber(block.rows[1]?.[column])),
            ),
          ),
        ),
        el(
          "tbody",
          {},
          rows.slice(look.page * size, (look.page + 1) * size).map((row) => el("tr", {}, row.map(draw))),
        ),
      ),
    ),
    pager(look, pages, rows.length, (step) => change({ page: look.page + step })),
  ];
}

export function dataTable(block) {
  /** @type {Look} */
  const look = { column: null, down: false, page: 0, query: "" };
  const body = el("div", {});
  const change = (patch) => {
    Object.assign(look, patch);
    const focus = document.activeElement?.getAttribute("data-focus");
    const inside = body.contains(document.activeElement);
    body.replaceChildren(...drawTable(block, look, change).flat());
    if (inside && focus) body.querySelector(`[data-focus="${focus}"]:not(:disabled)`)?.focus();
  };
  const search =
    block.rows.length > SEARCH_FROM_ROWS
      ? el("input", {
          class: "table-search",
          type: "search",
          placeholder: "Filter rows",
          "aria-label": `Filter ${block.caption}`,
          on: { input: (event) => change({ query: event.target.value, page: 0 }) },
        })
      : null;
  change({});
  return el(
    "div",
    { class: "data-table" },
    el("div", { class: "data-head" }, el("strong", {}, block.caption), search),
    body,
  );
}
