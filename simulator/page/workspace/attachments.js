// Files under a message, and old-style attachments.

import { renderBlocks } from "../blocks/index.js";
import { imageElement } from "../blocks/media.js";
import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { messageSurface } from "../core/surface.js";
import { safeLink } from "../text/chips.js";
import { mrkdwn } from "../text/mrkdwn.js";

const UNITS = ["B", "kB", "MB", "GB"];

function size(bytes) {
  if (!bytes) return "";
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  return `${(bytes / 1000 ** power).toFixed(power ? 1 : 0)} ${UNITS[power]}`;
}

/** A picture is shown, anything else is named. */
function preview(one, name) {
  if (!one.mimetype?.startsWith("image/") || !one.url_private) return null;
  return imageElement({ image_url: one.url_private, alt_text: one.alt_txt || name }, "picture");
}

function file(one) {
  const address = one.permalink ?? one.url_private_download ?? one.url_private ?? "";
  const name = one.title || one.name || one.id;
  const picture = preview(one, name);
  if (picture)
    return el(
      "figure",
      { class: "figure", "data-test": "file" },
      el("figcaption", {}, safeLink(address, name)),
      picture,
    );
  return el(
    "div",
    { class: "file", "data-test": "file" },
    el("span", { class: "file-icon" }, icon("file", 22)),
    el(
      "span",
      { class: "file-names" },
      address ? safeLink(address, name) : el("span", {}, name),
      el(
        "span",
        { class: "file-detail" },
        [one.pretty_type ?? one.filetype ?? one.mimetype, size(one.size)].filter(Boolean).join(" · "),
      ),
    ),
  );
}

export function files(message) {
  return message.files?.length ? el("div", { class: "files" }, message.files.map(file)) : null;
}

function attachment(one, place, message, index) {
  const body = one.blocks ? el("div", { class: "blocks" }) : null;
  if (body)
    renderBlocks(
      body,
      one.blocks,
      messageSurface(place.channel, { ts: message.ts, blocks: [index, ...one.blocks] }),
    );
  const node = el(
    "div",
    { class: "attachment" },
    one.pretext ? mrkdwn(one.pretext) : null,
    one.title
      ? el(
          "div",
          { class: "attachment-title" },
          one.title_link ? safeLink(one.title_link, one.title) : one.title,
        )
      : null,
    body ?? (one.text ? mrkdwn(one.text) : null),
    one.fields?.length
      ? el(
          "div",
          { class: "fields" },
          one.fields.map((field) => el("div", {}, el("strong", {}, field.title), mrkdwn(field.value ?? ""))),
        )
      : null,
    one.footer ? el("div", { class: "attachment-footer" }, one.footer) : null,
  );
  if (/^#?[0-9a-f]{6}$/i.test(one.color ?? ""))
    node.style.setProperty("--edge", `#${one.color.replace("#", "")}`);
  return node;
}

export function attachments(message, place) {
  return message.attachments?.length
    ? el(
        "div",
        { class: "attachments" },
        message.attachments.map((one, index) => attachment(one, place, message, index)),
      )
    : null;
}
