// Reactions under a message, and adding one from the emoji picker.

import { post } from "../core/api.js";
import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { nameOf, state } from "../core/state.js";
import { refresh } from "../core/sync.js";
import { toast } from "../overlay/toast.js";
import { emojiOf } from "../text/emoji.js";
import { openEmojiPicker } from "./emoji_picker.js";

export async function react(place, message, name) {
  const mine = message.reactions?.find((one) => one.name === name)?.users.includes(state.me);
  try {
    await post("react", {
      as: state.me,
      channel: place.channel,
      ts: message.ts,
      name,
      remove: Boolean(mine),
    });
  } catch (error) {
    toast(error.message);
  }
  await refresh();
}

function pill(one, message, place) {
  const mine = one.users.includes(state.me);
  const who = one.users.map(nameOf).join(", ");
  return el(
    "button",
    {
      class: "reaction",
      type: "button",
      "aria-pressed": String(mine),
      "data-test": `reaction:${one.name}`,
      "data-focus": `reaction-${one.name}`,
      "aria-label": `${one.name}: ${one.count}, ${who}`,
      title: `${who} reacted with :${one.name}:`,
      on: { click: () => react(place, message, one.name) },
    },
    el("span", { class: "emoji", "aria-hidden": "true" }, emojiOf(one.name) ?? `:${one.name}:`),
    el("span", { class: "reaction-count" }, String(one.count)),
  );
}

export function pickReaction(anchor, message, place) {
  openEmojiPicker(anchor, (name) => react(place, message, name));
}

export function reactionRow(message, place) {
  if (!message.reactions?.length) return null;
  const more = el(
    "button",
    { class: "reaction add", type: "button", "aria-label": "Add a reaction" },
    icon("smile", 16),
  );
  more.addEventListener("click", () => pickReaction(more, message, place));
  return el(
    "div",
    { class: "reactions" },
    message.reactions.map((one) => pill(one, message, place)),
    more,
  );
}
