// A person's or app's picture: their own image, else initials on a colour that is always the same for them.

import { el } from "../core/dom.js";
import { state } from "../core/state.js";

const TONES = 10;

function toneOf(id) {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 9973;
  return sum % TONES;
}

export function initials(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return ((words[0]?.[0] ?? "?") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}

/** @param {{id: string, name?: string, real_name?: string, avatar?: string, kind?: string}} who */
export function avatar(who, size = "normal") {
  const name = who.real_name || who.name || who.id;
  const bot = who.kind === "bot" || who.id === state.workspace.bot_user_id;
  const look = `avatar ${size} avatar-${toneOf(who.id)}${bot ? " bot" : ""}`;
  if (who.avatar && /^(https?:|\/|data:image)/.test(who.avatar))
    return el("img", { class: `${look} pictured`, src: who.avatar, alt: "" });
  return el(
    "span",
    { class: look, "aria-hidden": "true" },
    size === "tiny" ? initials(name)[0] : initials(name),
  );
}
