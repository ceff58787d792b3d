// The small bar over a message one points at: quick reactions, reply, and the app's message shortcuts.

import { post } from "../core/api.js";
import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { openThread } from "../core/route.js";
import { mayUseApp, state } from "../core/state.js";
import { refresh } from "../core/sync.js";
import { openMenu } from "../overlay/menu.js";
import { toast } from "../overlay/toast.js";
import { emojiOf } from "../text/emoji.js";
import { ownItems } from "./own_message.js";
import { pickReaction, react } from "./reactions.js";

const QUICK = ["white_check_mark", "eyes", "raised_hands"];

/** Starts a shortcut of the app; a message shortcut takes its message along. */
export async function runShortcut(shortcut, where = {}) {
  try {
    const told = await post("shortcut", { as: state.me, callback_id: shortcut.callback_id, ...where });
    if (told.ok === false) toast(told.detail ?? `${shortcut.name}: the app did not respond.`);
  } catch (error) {
    toast(error.message);
  }
  await refresh();
}

function moreItems(message, place) {
  const shortcuts = mayUseApp() ? state.workspace.shortcuts.filter((one) => one.type === "message") : [];
  const copy = { label: "Copy text", run: () => navigator.clipboard?.writeText(message.text ?? "") };
  const basic = [copy, ...ownItems(message, place)];
  if (shortcuts.length === 0) return basic;
  return [
    ...basic,
    { heading: state.workspace.app.name },
    ...shortcuts.map((one) => ({
      label: one.name,
      detail: one.description,
      value: one.callback_id,
      test: `shortcut:${one.callback_id}`,
      icon: icon("bolt", 16),
      run: () => runShortcut(one, { channel: place.channel, ts: message.ts }),
    })),
  ];
}

function tool(label, test, inside, run) {
  const node = el(
    "button",
    { class: "tool", type: "button", "aria-label": label, title: label, "data-test": test },
    inside,
  );
  node.addEventListener("click", () => run(node));
  return node;
}

export function actionBar(message, place) {
  const quick = QUICK.map((name) =>
    tool(`React with ${name.replaceAll("_", " ")}`, `react:${name}`, emojiOf(name), () =>
      react(place, message, name),
    ),
  );
  const reply = place.thread
    ? null
    : tool("Reply in thread", "reply", icon("reply"), () => openThread(message.thread_ts ?? message.ts));
  return el(
    "div",
    {
      class: "message-tools",
      role: "toolbar",
      "aria-label": "Message actions",
      "data-test": "message-tools",
    },
    quick,
    tool("Add a reaction", "add-reaction", icon("smile"), (node) => pickReaction(node, message, place)),
    reply,
    tool("More", "more", icon("more"), (node) =>
      openMenu(node, moreItems(message, place), { alignRight: true }),
    ),
  );
}
