// A searchable grid of emoji.

import { el } from "../core/dom.js";
import { closePopup, openPopup } from "../overlay/menu.js";
import { EMOJI } from "../text/emoji.js";

const COLUMNS = 9;

function cells(query, pick) {
  const wanted = query.trim().toLowerCase().replaceAll(":", "");
  return [...EMOJI]
    .filter(([name]) => name.includes(wanted))
    .map(([name, sign]) =>
      el(
        "button",
        {
          class: "emoji-cell",
          type: "button",
          "aria-label": name,
          title: `:${name}:`,
          "data-test": `emoji:${name}`,
          on: {
            click: () => {
              closePopup();
              pick(name);
            },
          },
        },
        sign,
      ),
    );
}

function arrows(grid, event) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
  const at = [...grid.children].indexOf(document.activeElement);
  if (at < 0 || !(event.key in steps)) return;
  event.preventDefault();
  grid.children[Math.max(0, Math.min(at + steps[event.key], grid.children.length - 1))].focus();
}

/** @param {(name: string) => any} pick */
export function openEmojiPicker(anchor, pick) {
  const grid = el("div", { class: "emoji-grid", role: "group", "aria-label": "Emoji" }, cells("", pick));
  const search = el("input", {
    class: "field",
    type: "search",
    placeholder: "Search emoji",
    "aria-label": "Search emoji",
    "data-test": "emoji-search",
  });
  search.addEventListener("input", () => grid.replaceChildren(...cells(search.value, pick)));
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") grid.firstElementChild?.click();
    if (event.key === "ArrowDown") grid.firstElementChild?.focus();
  });
  grid.addEventListener("keydown", (event) => arrows(grid, event));
  const popup = el(
    "div",
    { class: "menu emoji-picker", role: "dialog", "aria-label": "Pick an emoji" },
    search,
    grid,
  );
  if (openPopup(anchor, popup, { alignRight: true })) search.focus();
}
