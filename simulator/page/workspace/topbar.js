// The bar on top: whose workspace this is, its clock, and whom one acts as.

import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { toggleInspector } from "../core/route.js";
import { state, watch } from "../core/state.js";
import { clockControl } from "./clock.js";
import { peopleSwitch } from "./people.js";

export function drawTopbar(root) {
  const inspector = el(
    "button",
    {
      class: "bar-button icon-only",
      type: "button",
      "aria-label": "Inspector: what was sent to the app",
      title: "Inspector",
      "data-test": "inspector",
      on: { click: toggleInspector },
    },
    icon("pulse"),
  );
  watch(["panel"], () => inspector.setAttribute("aria-pressed", String(state.panel === "inspector")));
  const lost = el("span", { class: "badge lost", role: "status", "data-test": "offline" });
  watch(["offline"], () => {
    lost.textContent = state.offline ? "Not connected" : "";
  });
  root.replaceChildren(
    el("div", { class: "bar-left" }, el("span", { class: "bar-mark" }, "Local workspace"), lost),
    clockControl(),
    el("div", { class: "bar-right" }, inspector, peopleSwitch()),
  );
}
