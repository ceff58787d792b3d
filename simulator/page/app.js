// Starts the page: reads the workspace, draws the frame, and opens what the address names.

import { get } from "./core/api.js";
import { el } from "./core/dom.js";
import { actAs, follow, openChannel, read } from "./core/route.js";
import { put, state } from "./core/state.js";
import { heardClock } from "./core/sync.js";
import { watchModals } from "./overlay/modal.js";
import { drawMain } from "./workspace/main.js";
import { drawSide } from "./workspace/side.js";
import { drawSidebar } from "./workspace/sidebar.js";
import { drawTopbar } from "./workspace/topbar.js";

const firstPerson = () => state.workspace.people.find((one) => one.kind !== "bot")?.id;

async function start() {
  const [workspace, clock] = await Promise.all([get("state"), get("clock")]);
  put({ workspace, ...heardClock(clock) });
  document.title = `${workspace.team_name ?? workspace.app.name} · local workspace`;
  drawTopbar(document.getElementById("topbar"));
  drawSidebar(document.getElementById("sidebar"));
  drawMain(document.getElementById("main"));
  drawSide(document.getElementById("side"));
  watchModals();
  follow();
  document.addEventListener("open-channel", ({ detail }) => openChannel(detail));
  const { as, ...place } = read();
  const known = workspace.people.some((one) => one.id === as && one.kind !== "bot");
  await actAs(known ? as : firstPerson(), place);
  document.getElementById("shell").dataset.ready = "true";
}

start().catch((error) => {
  document
    .getElementById("main")
    .replaceChildren(
      el("div", { class: "empty", role: "alert" }, `The local workspace cannot be shown: ${error.message}`),
    );
});
