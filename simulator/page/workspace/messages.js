// The list of messages of a channel or a thread: days, groups, and a scroll position that is never lost.

import { announce, el, fingerprint, reconcile } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { channel, conversation, person, state, titleOf } from "../core/state.js";
import { dayKey, dividerDay, millis } from "../core/time.js";
import { richPlain } from "../text/richtext.js";
import { plainText } from "../text/mrkdwn.js";
import { avatar } from "./avatar.js";
import { author, renderMessage } from "./message.js";
import { actionBar } from "./message_actions.js";

const GROUP_MS = 5 * 60_000;
const NEAR_END_PX = 80;

/** A message right after another of the same author needs no head of its own. */
function follows(message, before) {
  if (
    !before ||
    message.subtype ||
    before.subtype ||
    message.ephemeral !== before.ephemeral ||
    message.username !== before.username
  )
    return false;
  return (
    message.user === before.user &&
    millis(message.ts) - millis(before.ts) < GROUP_MS &&
    !before.reply_count &&
    !before.reactions?.length
  );
}

const divider = (label) => () =>
  el(
    "div",
    { class: "day", role: "separator", "data-test": "day" },
    el("span", { class: "day-label" }, label),
  );

/** What stands above the first message of a conversation. */
function intro(id) {
  const about = conversation(id) ?? channel(id);
  const personal = about?.kind === "dm";
  const who = personal ? (person(about.user) ?? { id: about.user }) : null;
  const text = personal
    ? `This is between you and ${titleOf(id)}.`
    : `This is the very beginning of #${titleOf(id)}.`;
  const topic = channel(id)?.topic;
  return {
    key: "intro",
    signature: fingerprint([text, topic]),
    render: () =>
      el(
        "div",
        { class: "intro" },
        who
          ? avatar(who, "large")
          : el("span", { class: "intro-mark" }, icon(about?.is_private ? "lock" : "hash", 26)),
        el("div", { class: "intro-title" }, titleOf(id)),
        el("p", { class: "quiet" }, topic ? `${text} ${topic}.` : text),
      ),
  };
}

function spoken(message) {
  const text = plainText({ type: "mrkdwn", text: message.text ?? "" }) || richPlain(message.blocks?.[0]);
  return `${author(message).name}: ${text}`;
}

export class MessageList {
  /** @param {{channel: string, thread: string|null}} place */
  constructor(place) {
    this.place = place;
    this.items = el("div", { class: "message-items" });
    this.end = el(
      "button",
      {
        class: "to-end",
        type: "button",
        hidden: true,
        "data-test": "to-end",
        on: { click: () => this.toEnd() },
      },
      "New messages ↓",
    );
    this.scroller = el(
      "div",
      {
        class: "messages scroll",
        role: "log",
        "aria-live": "off",
        "aria-label": place.thread ? "Thread" : "Messages",
        "data-test": place.thread ? "thread-messages" : "messages",
        tabindex: "0",
      },
      this.items,
    );
    this.node = el("div", { class: "message-area" }, this.scroller, this.end);
    this.drawn = null;
    this.newest = null;
    this.scroller.addEventListener("scroll", () => {
      this.sticky = this.atEnd;
      if (this.sticky) this.end.hidden = true;
    });
    this.items.addEventListener("mouseover", (event) => this.offerTools(event));
    this.items.addEventListener("focusin", (event) => this.offerTools(event));
    this.scroller.addEventListener("keydown", (event) => this.walk(event));
    const sizes = new ResizeObserver(() => {
      if (this.sticky) this.toEnd();
    });
    [this.items, this.scroller].forEach((node) => sizes.observe(node));
  }

  get atEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_END_PX;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.end.hidden = true;
  }

  /** One bar of tools, made when a message is pointed at or reached by keyboard. */
  offerTools(event) {
    const node = event.target.closest(".message:not(.note)");
    if (!node || node.querySelector(".message-tools")) return;
    const message = this.messages.find((one) => one.ts === node.dataset.ts);
    if (!message || message.ephemeral || message.subtype === "tombstone") return;
    this.items.querySelectorAll(".message-tools").forEach((bar) => {
      if (!bar.contains(document.activeElement) && !bar.querySelector("[aria-expanded=true]")) bar.remove();
    });
    node.append(actionBar(message, this.place));
  }

  /** Arrow keys go from message to message; the tools of the one reached come next in the tab order. */
  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const own = event.target === this.scroller || event.target.matches(".message");
    if (!step || !own) return;
    const all = [...this.items.querySelectorAll(".message:not(.note)")];
    const at = all.indexOf(event.target);
    const next = at < 0 ? all.at(-1) : all[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  rows() {
    const rows = this.place.thread ? [] : [intro(this.place.channel)];
    let before = null;
    for (const message of this.messages) {
      const day = dayKey(millis(message.ts));
      const label = dividerDay(millis(message.ts));
      if (!this.place.thread && (!before || dayKey(millis(before.ts)) !== day)) {
        rows.push({ key: `day-${day}`, signature: label, render: divider(label) });
        before = null;
      }
      const grouped = follows(message, before);
      const role = [state.workspace.people.length, state.me];
      rows.push({
        key: message.ts,
        signature: fingerprint([message, grouped, role]),
        render: () => renderMessage(message, this.place, grouped),
      });
      if (this.place.thread && message === this.messages[0] && this.messages.length > 1) {
        const count = this.messages.length - 1;
        const replies = `${count} ${count === 1 ? "reply" : "replies"}`;
        rows.push({ key: "replies", signature: replies, render: divider(replies) });
      }
      before = message;
    }
    return rows;
  }

  /** @param {object[]} messages */
  show(messages) {
    const first = this.drawn === null;
    this.sticky = first || this.atEnd;
    this.messages = messages;
    const rows = this.rows();
    const mark = fingerprint(rows.map((row) => [row.key, row.signature]));
    if (mark === this.drawn) return;
    this.drawn = messages.length ? mark : null;
    reconcile(this.items, rows);
    this.tellNews(messages, first);
  }

  tellNews(messages, first) {
    const last = messages.at(-1);
    const isNews = !first && this.newest !== null && last && last.ts > this.newest;
    this.newest = last?.ts ?? this.newest;
    if (this.sticky || (isNews && last.user === state.me)) this.toEnd();
    else if (isNews) this.end.hidden = false;
    if (isNews && last.user !== state.me) announce(spoken(last));
  }
}
