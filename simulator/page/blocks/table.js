// The table block, and the cells it shares with the data table.

import { el } from "../core/dom.js";
import { withEmoji } from "../text/emoji.js";
import { richPlain, richText } from "../text/richtext.js";

export function cellNode(cell) {
  if (cell?.type === "rich_text") return richText(cell);
  return withEmoji(cellText(cell));
}

export function cellText(cell) {
  if (cell?.type === "rich_text") return richPlain(cell);
  return String(cell?.text ?? cell?.value ?? "");
}

export const isNumber = (cell) => cell?.type === "raw_number";

export function table(block) {
  const [head = [], ...rows] = block.rows;
  const settings = block.column_settings ?? [];
  const look = (cell, column) => {
    const align = settings[column]?.align ?? (isNumber(cell) ? "right" : "left");
    return `align-${align}${settings[column]?.is_wrapped ? " wrapped" : ""}`;
  };
  const draw = (tag, scope) => (cell, column) =>
    el(tag, { class: look(cell, column), scope }, cellNode(cell));
  return el(
    "div",
    { class: "table-wrap", tabindex: "0", role: "group", "aria-label": "Table" },
    el(
      "table",
      { class: "grid-table" },
      el("thead", {}, el("tr", {}, head.map(draw("th", "col")))),
      el(
        "tbody",
        {},
        rows.map((row) => el("tr", {}, row.map(draw("td", null)))),
      ),
    ),
  );
}
