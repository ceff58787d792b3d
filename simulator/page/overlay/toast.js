// Short notices over the page; errors stay until they are dismissed or a while has passed.

import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";

const STAYS_MS = 9000;

/** @param {string} text  @param {"error"|"info"} level */
export function toast(text, level = "error") {
  const home = document.querySelector("dialog[open] .toasts") ?? document.getElementById("toasts");
  const close = () => node.remove();
  const node = el(
    "div",
    { class: `toast ${level}`, "data-test": "toast" },
    icon(level === "error" ? "warn" : "info"),
    el("span", {}, text),
    el(
      "button",
      { class: "icon-button", type: "button", "aria-label": "Dismiss", on: { click: close } },
      icon("close", 14),
    ),
  );
  home.append(node);
  setTimeout(close, STAYS_MS);
}
