// The app's Home tab of the person acting.

import { renderBlocks } from "../blocks/index.js";
import { el } from "../core/dom.js";
import { state, watch } from "../core/state.js";
import { viewSurface } from "../core/surface.js";

const blocks = el("div", { class: "blocks home-blocks" });
const notice = el("div", { class: "banner", role: "alert", hidden: true });
const root = el(
  "div",
  { class: "home scroll", "data-test": "home-view", tabindex: "0", role: "region", "aria-label": "Home" },
  notice,
  blocks,
);

function show() {
  const { home, error, views } = state.views;
  notice.hidden = !error || views.length > 0;
  notice.textContent = error ?? "";
  root.dataset.viewId = home?.id ?? "";
  if (!home) {
    blocks.replaceChildren(
      el("div", { class: "empty" }, `${state.workspace.app.name} has not drawn its Home for you yet.`),
    );
    return;
  }
  blocks.querySelector(":scope > .empty")?.remove();
  renderBlocks(blocks, home.blocks, viewSurface(home));
}

watch(["views", "me", "workspace", "place"], () => {
  if (state.place?.kind === "home") show();
});

export function drawHome() {
  show();
  return root;
}
