// Mentions and links as nodes. Only http, https, mailto and tel become links; anything else stays text.

import { el } from "../core/dom.js";
import { person, state, titleOf } from "../core/state.js";

const SAFE = /^(?:https?:|mailto:|tel:)/i;

export function safeLink(target, label) {
  if (!SAFE.test(target)) return el("span", { class: "dead-link" }, label);
  return el("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, label);
}

export function mentionChip(id, label) {
  const found = person(id);
  const mine = id === state.me ? " mine" : "";
  const name = found ? found.real_name || found.name : label?.replace(/^@/, "") || id;
  return el("span", { class: `mention${mine}`, "data-user": id }, `@${name}`);
}

export function channelChip(id, label) {
  const name = state.workspace.channels.find((one) => one.id === id)?.name ?? label ?? titleOf(id);
  const open = () => document.dispatchEvent(new CustomEvent("open-channel", { detail: id }));
  return el(
    "button",
    { class: "mention channel-link", type: "button", on: { click: open } },
    `#${name || id}`,
  );
}
