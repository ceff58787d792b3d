// The middle of the page: head, then either the app's Home or a conversation with its composer.

import { el, fingerprint } from "../core/dom.js";
import { channel, conversation, shownChannel, state, watch } from "../core/state.js";
import { composer } from "./composer.js";
import { headerNodes } from "./header.js";
import { drawHome } from "./home.js";
import { MessageList } from "./messages.js";

const REFUSALS = {
  not_in_channel: "You are not in this channel.",
  channel_not_found: "There is no such channel.",
};

function refusalNode() {
  return el("div", { class: "empty", "data-test": "refusal" }, REFUSALS[state.refusal] ?? state.refusal);
}

/** @param {HTMLElement} root */
export function drawMain(root) {
  const head = el("header", { class: "head" });
  const body = el("div", { class: "body" });
  root.replaceChildren(head, body);
  let shown = null;
  let list = null;
  const showHead = () => {
    const mark = fingerprint([state.place, state.me, conversation(shownChannel()), channel(shownChannel())]);
    if (head.dataset.mark === mark) return;
    head.dataset.mark = mark;
    head.replaceChildren(...headerNodes());
  };
  const frame = () => {
    const key = JSON.stringify([state.place, state.me, state.refusal]);
    if (shown === key) return;
    shown = key;
    list = null;
    if (state.place?.kind === "home") {
      body.replaceChildren(drawHome());
    } else if (state.refusal) {
      body.replaceChildren(refusalNode());
    } else if (state.place) {
      list = new MessageList({ channel: state.place.id, thread: null });
      body.replaceChildren(list.node, composer({ channel: state.place.id, thread: null }));
    }
  };
  watch(["place", "me", "refusal", "workspace", "conversations"], () => {
    showHead();
    frame();
  });
  watch(["place", "me", "messages", "refusal", "workspace", "clock"], () => {
    frame();
    list?.show(state.messages);
  });
}
