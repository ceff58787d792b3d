// One message: who, when, what, with its files, reactions and thread.

import { renderBlocks } from "../blocks/index.js";
import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { openThread } from "../core/route.js";
import { person, state } from "../core/state.js";
import { messageSurface } from "../core/surface.js";
import { ago, clockTime, fullMoment, millis } from "../core/time.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { attachments, files } from "./attachments.js";
import { avatar } from "./avatar.js";
import { KINDS } from "./people.js";
import { reactionRow } from "./reactions.js";

const NOTES = new Set([
  "channel_join",
  "channel_leave",
  "group_join",
  "group_leave",
  "channel_topic",
  "channel_purpose",
  "channel_name",
  "channel_archive",
  "channel_unarchive",
]);

const nameIn = (message, known) =>
  message.username ??
  known?.real_name ??
  known?.name ??
  message.bot_profile?.name ??
  message.user ??
  "Slackbot";

/** Whoever wrote it, as the message itself names them. */
export function author(message) {
  const known = person(message.user);
  const name = nameIn(message, known);
  const kind = message.bot_id ? "bot" : (known?.kind ?? "member");
  const picture = message.icons?.image_48 ?? known?.avatar;
  return { id: message.user ?? message.bot_id ?? "slackbot", name, real_name: name, avatar: picture, kind };
}

function moment(message, className) {
  const ms = millis(message.ts);
  return el(
    "time",
    { class: className, datetime: new Date(ms).toISOString(), title: fullMoment(ms) },
    clockTime(ms),
  );
}

function head(message, who) {
  const label =
    who.kind === "bot"
      ? el("span", { class: "badge app" }, "APP")
      : KINDS[who.kind] && who.kind !== "admin"
        ? el("span", { class: "badge" }, KINDS[who.kind])
        : null;
  return el(
    "div",
    { class: "message-head" },
    el("span", { class: "message-name" }, who.name),
    label,
    moment(message, "message-time"),
  );
}

const edited = (message) =>
  message.edited
    ? el("span", { class: "edited", title: fullMoment(millis(message.edited.ts)) }, " (edited)")
    : null;

function content(message, place) {
  if (message.subtype === "tombstone")
    return el("div", { class: "message-text quiet" }, message.text || "This message was deleted.");
  if (message.blocks?.length) {
    const box = el("div", { class: "blocks" });
    renderBlocks(box, message.blocks, messageSurface(place.channel, message));
    return [box, edited(message)];
  }
  return message.text ? el("div", { class: "message-text" }, mrkdwn(message.text), edited(message)) : null;
}

function threadSummary(message, place) {
  if (!message.reply_count || place.thread) return null;
  const people = (message.reply_users ?? []).map((id) => person(id) ?? { id, name: id });
  const count = `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`;
  const last = message.latest_reply
    ? el("span", { class: "thread-last" }, `Last reply ${ago(millis(message.latest_reply))}`)
    : null;
  return el(
    "button",
    {
      class: "thread-summary",
      type: "button",
      "data-test": "thread-summary",
      on: { click: () => openThread(message.ts) },
    },
    el(
      "span",
      { class: "avatar-stack" },
      people.map((one) => avatar(one, "tiny")),
    ),
    el("span", { class: "thread-count" }, count),
    last,
  );
}

function ephemeralNote() {
  return el("div", { class: "ephemeral-note" }, icon("eye", 14), "Only visible to you");
}

/** A line such as "joined #ops" instead of a message. */
function note(message) {
  return el(
    "div",
    { class: "message note", "data-test": "message", "data-ts": message.ts },
    moment(message, "gutter-time"),
    el("div", { class: "message-body" }, mrkdwn(message.text ?? "")),
  );
}

/**
 * @param {object} message Slack's message object
 * @param {{channel: string, thread: string|null}} place
 * @param {boolean} grouped whether it follows another one of the same person
 */
export function renderMessage(message, place, grouped) {
  if (NOTES.has(message.subtype)) return note(message);
  const who = author(message);
  const lead = grouped ? moment(message, "gutter-time") : avatar(who);
  const look = [
    "message",
    grouped && "grouped",
    message.ephemeral && "ephemeral",
    message.user === state.me && "mine",
  ]
    .filter(Boolean)
    .join(" ");
  return el(
    "article",
    {
      class: look,
      "data-test": "message",
      "data-ts": message.ts,
      "data-user": message.user,
      "data-ephemeral": message.ephemeral ? "true" : null,
      "aria-label": `${who.name}, ${clockTime(millis(message.ts))}`,
      tabindex: "-1",
    },
    el("div", { class: "message-lead" }, lead),
    el(
      "div",
      { class: "message-body" },
      message.ephemeral ? ephemeralNote() : null,
      message.subtype === "thread_broadcast" && !place.thread
        ? el("div", { class: "ephemeral-note" }, icon("reply", 14), "Also sent to the channel")
        : null,
      grouped ? el("span", { class: "sr-only" }, who.name) : head(message, who),
      content(message, place),
      files(message),
      attachments(message, place),
      reactionRow(message, place),
      threadSummary(message, place),
    ),
  );
}
