// The right side: a thread, or the inspector.

import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { closePanel } from "../core/route.js";
import { shownChannel, state, titleOf, watch } from "../core/state.js";
import { composer } from "./composer.js";
import { inspectorNodes } from "./inspector.js";
import { MessageList } from "./messages.js";

function head(title, detail) {
  return el(
    "header",
    { class: "head side-head" },
    el(
      "div",
      { class: "head-row" },
      el("h2", {}, title),
      el("span", { class: "head-detail" }, detail),
      el("span", { class: "spacer" }),
      el(
        "button",
        {
          class: "icon-button",
          type: "button",
          "aria-label": `Close ${title.toLowerCase()}`,
          "data-test": "close-side",
          on: { click: closePanel },
        },
        icon("close"),
      ),
    ),
  );
}

/** @param {HTMLElement} root */
export function drawSide(root) {
  let shown = null;
  let list = null;
  const frame = () => {
    const key = state.panel && JSON.stringify([state.panel, state.thread, state.place, state.me]);
    if (shown === key) return;
    shown = key;
    list = null;
    root.hidden = false;
    root.setAttribute("aria-label", state.panel === "thread" ? "Thread" : "Inspector");
    root.dataset.test = state.panel ?? "";
    if (!state.panel) {
      const left = root.contains(document.activeElement);
      root.replaceChildren();
      root.hidden = true;
      if (left) document.querySelector("#main [data-test=composer]")?.focus({ preventScroll: true });
    } else if (state.panel === "thread") {
      const where = { channel: shownChannel(), thread: state.thread };
      list = new MessageList(where);
      root.replaceChildren(head("Thread", titleOf(where.channel)), list.node, composer(where));
    } else if (state.panel === "inspector") {
      root.replaceChildren(
        head("Inspector", state.workspace.app.name),
        el("div", { class: "inspector", "data-test": "deliveries" }),
      );
    }
  };
  watch(["panel", "thread", "place", "me"], frame);
  watch(["replies", "thread", "panel", "me", "workspace", "clock"], () => {
    frame();
    list?.show(state.replies);
  });
  watch(["deliveries", "problems", "panel"], () => {
    frame();
    if (state.panel === "inspector") root.querySelector(".inspector").replaceChildren(...inspectorNodes());
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closePanel();
  });
}
