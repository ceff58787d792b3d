// What was sent to the app and how it answered, newest first, and what the workspace refused.

import { el } from "../core/dom.js";
import { state } from "../core/state.js";
import { clockTimeExact } from "../core/time.js";

const SHOWN = 60;

const good = (status) => status === "ok" || (Number(status) >= 200 && Number(status) < 300);

function delivery(one) {
  const when = Number.isFinite(Number(one.at)) ? Number(one.at) * 1000 : Date.parse(one.at);
  return el(
    "details",
    { class: "delivery" },
    el(
      "summary",
      {},
      el("span", { class: `status ${good(one.status) ? "good" : "bad"}` }, String(one.status ?? "…")),
      el("span", { class: "delivery-name" }, one.name || one.kind),
      el("span", { class: "delivery-kind" }, one.kind),
      el(
        "span",
        { class: "delivery-ms" },
        one.took_ms === null || one.took_ms === undefined ? "" : `${Math.round(one.took_ms)} ms`,
      ),
      el("time", {}, Number.isNaN(when) ? "" : clockTimeExact(when)),
    ),
    el("pre", {}, typeof one.body === "string" ? one.body : JSON.stringify(one.body, null, 2)),
  );
}

function problem(one) {
  return el(
    "details",
    { class: "delivery" },
    el(
      "summary",
      {},
      el("span", { class: "status bad" }, "refused"),
      el("span", { class: "delivery-name" }, one.where ?? ""),
    ),
    el(
      "ul",
      { class: "reasons" },
      (one.problems ?? []).map((reason) => el("li", {}, String(reason))),
    ),
    el("pre", {}, JSON.stringify(one.payload ?? one, null, 2)),
  );
}

export function inspectorNodes() {
  const refused = state.problems.slice(-SHOWN).reverse();
  const sent = state.deliveries.slice(-SHOWN).reverse();
  return [
    refused.length ? el("h3", {}, `Refused (${state.problems.length})`) : "",
    ...refused.map(problem),
    el("h3", {}, `Sent to the app (${state.deliveries.length})`),
    ...(sent.length ? sent.map(delivery) : [el("p", { class: "quiet" }, "Nothing yet.")]),
  ];
}
