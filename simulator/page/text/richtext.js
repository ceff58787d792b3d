// A rich_text block to DOM nodes. Its text elements are never parsed: what they hold is what is shown.

import { el } from "../core/dom.js";
import { fillDate } from "../core/time.js";
import { channelChip, mentionChip, safeLink } from "./chips.js";
import { emojiOf } from "./emoji.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

function styled(node, style = {}) {
  return Object.entries(STYLES).reduce(
    (inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner),
    node,
  );
}

const LEAVES = {
  text: (part) => part.text,
  link: (part) => safeLink(part.url, part.text || part.url),
  user: (part) => mentionChip(part.user_id),
  usergroup: (part) => el("span", { class: "mention" }, `@${part.usergroup_id}`),
  channel: (part) => channelChip(part.channel_id),
  broadcast: (part) => el("span", { class: "mention broadcast" }, `@${part.range}`),
  emoji: (part) =>
    el(
      "span",
      { class: "emoji", role: "img", "aria-label": part.name },
      emojiOf(part.name) ?? `:${part.name}:`,
    ),
  date: (part) =>
    el(
      "time",
      { class: "date" },
      part.timestamp ? fillDate(part.timestamp, part.format ?? "{date}") : (part.fallback ?? ""),
    ),
  color: (part) => el("code", {}, part.value),
};

const leaves = (elements = []) =>
  elements.map((part) => styled(LEAVES[part.type]?.(part) ?? part.text ?? "", part.style));

function list(part) {
  const tag = part.style === "ordered" ? "ol" : "ul";
  const items = part.elements.map((item) => el("li", {}, leaves(item.elements)));
  return el(
    tag,
    { class: `indent-${Math.min(part.indent ?? 0, 8)}`, start: part.offset ? part.offset + 1 : null },
    items,
  );
}

const PARTS = {
  rich_text_section: (part) => el("div", { class: "run" }, leaves(part.elements)),
  rich_text_list: list,
  rich_text_quote: (part) => el("blockquote", {}, leaves(part.elements)),
  rich_text_preformatted: (part) => el("pre", {}, leaves(part.elements)),
};

export function richText(block) {
  const parts = (block?.elements ?? []).map((part) => PARTS[part.type]?.(part));
  return el("div", { class: "mrkdwn rich" }, parts);
}

/** The characters of a rich_text block, one line per part. */
export function richPlain(value) {
  if (!value) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(richPlain).join("");
  if (value.type === "rich_text") return (value.elements ?? []).map(richPlain).join("\n");
  return value.text ?? (value.elements ? richPlain(value.elements) : (value.url ?? ""));
}
