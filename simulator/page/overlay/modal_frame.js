// The empty frame of a modal: the browser's dialog with head, banner, body and foot, and its keys.

import { el, freshId } from "../core/dom.js";
import { icon } from "../core/icons.js";

function iconButton(label, test, name, click) {
  const props = {
    class: "icon-button",
    type: "button",
    "aria-label": label,
    "data-test": test,
    on: { click },
  };
  return el("button", props, icon(name));
}

function pieces({ closeTop }) {
  return {
    title: el("h2", { id: freshId("modal"), class: "modal-title", "data-test": "modal-title" }),
    mark: el("span", { class: "modal-mark" }),
    back: iconButton("Back", "modal-back", "back", closeTop),
    banner: el("div", { class: "banner", role: "alert", "data-test": "modal-error", hidden: true }),
    blocks: el("div", { class: "blocks modal-blocks", "data-test": "modal-blocks" }),
    footer: el("footer", { class: "modal-foot" }),
  };
}

/** Enter in a one-line field submits by itself; Ctrl or Command with Enter does so from anywhere. */
function onKeys(dialog, { submit, closeTop }) {
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    closeTop();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  });
}

/** @param {{submit: () => any, closeTop: () => any, closeAll: () => any}} acts */
export function modalFrame(acts) {
  const parts = pieces(acts);
  const cross = iconButton("Close", "modal-x", "close", acts.closeAll);
  const head = el(
    "header",
    { class: "modal-head" },
    parts.back,
    parts.mark,
    parts.title,
    el("span", { class: "spacer" }),
    cross,
  );
  const send = (event) => {
    event.preventDefault();
    acts.submit();
  };
  const body = el("div", { class: "modal-body scroll" }, parts.blocks);
  const form = el(
    "form",
    { class: "modal-form", novalidate: true, on: { submit: send } },
    head,
    parts.banner,
    body,
    parts.footer,
  );
  const props = { class: "dialog modal", "aria-labelledby": parts.title.id, "data-test": "modal" };
  const dialog = el("dialog", props, form, el("div", { class: "toasts", role: "alert" }));
  onKeys(dialog, acts);
  return { dialog, parts };
}
