// A menu of actions under a button: arrow keys, Escape, and the focus goes back where it came from.

import { el } from "../core/dom.js";
import { hostOf, placeUnder } from "./placing.js";

let open = null;

/** Closes the open popup, if any. */
export function closePopup({ focus = true } = {}) {
  if (!open) return;
  const { popup, anchor, unhook } = open;
  open = null;
  unhook();
  popup.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (focus && anchor.isConnected) anchor.focus({ preventScroll: true });
}

function hook(popup, anchor) {
  const outside = (event) => {
    if (!popup.contains(event.target) && !anchor.contains(event.target)) closePopup({ focus: false });
  };
  document.addEventListener("mousedown", outside, true);
  window.addEventListener("resize", closePopup);
  return () => {
    document.removeEventListener("mousedown", outside, true);
    window.removeEventListener("resize", closePopup);
  };
}

/** Shows `popup` at `anchor`; a second call for the same anchor closes it. @returns {boolean} whether it is open now */
export function openPopup(anchor, popup, placing = {}) {
  const again = open?.anchor === anchor;
  closePopup({ focus: again });
  if (again) return false;
  popup.setAttribute("popover", "manual");
  hostOf(anchor).append(popup);
  popup.showPopover();
  placeUnder(popup, anchor, placing);
  anchor.setAttribute("aria-expanded", "true");
  popup.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    closePopup();
  });
  open = { popup, anchor, unhook: hook(popup, anchor) };
  return true;
}

/**
 * @typedef {{label: string, detail?: string, value?: string, run: () => any, icon?: Node, checked?: boolean}} MenuItem
 * @param {HTMLElement} anchor
 * @param {(MenuItem|{heading: string})[]} items
 */
export function openMenu(anchor, items, placing = {}) {
  const rows = items.map((item) =>
    item.heading ? el("div", { class: "menu-heading", role: "presentation" }, item.heading) : row(item),
  );
  const menu = el("div", { class: "menu", role: "menu", "data-test": "menu" }, rows);
  menu.addEventListener("keydown", (event) => move(menu, event));
  if (!openPopup(anchor, menu, placing)) return;
  (menu.querySelector("[aria-checked=true]") ?? menu.querySelector("[role^=menuitem]"))?.focus();
}

function row(item) {
  const choose = () => {
    closePopup();
    item.run();
  };
  const checkable = item.checked === undefined ? {} : { "aria-checked": String(item.checked) };
  return el(
    "button",
    {
      class: "menu-item",
      type: "button",
      role: item.checked === undefined ? "menuitem" : "menuitemradio",
      tabindex: "-1",
      "data-value": item.value,
      "data-test": item.test,
      ...checkable,
      on: { click: choose },
    },
    item.icon,
    el(
      "span",
      { class: "menu-text" },
      el("span", {}, item.label),
      item.detail ? el("span", { class: "menu-detail" }, item.detail) : null,
    ),
    item.badge ? el("span", { class: "badge" }, item.badge) : null,
  );
}

function move(menu, event) {
  const items = [...menu.querySelectorAll("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  if (event.key === "Tab") closePopup();
  if (!(event.key in steps)) return;
  event.preventDefault();
  items[(steps[event.key] + items.length) % items.length]?.focus();
}
