// Blocks that frame others: container, card, carousel, and the alert.

import { el, freshId } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { renderElement } from "../elements/index.js";
import { textNode } from "../text/mrkdwn.js";
import { richText } from "../text/richtext.js";
import { imageElement } from "./media.js";

const ALERT_ICONS = { default: "info", info: "info", warning: "warn", error: "warn", success: "check" };

export function alertBlock(block) {
  const level = block.level ?? "default";
  return el(
    "div",
    { class: `alert alert-${level}`, role: level === "error" ? "alert" : "status" },
    icon(ALERT_ICONS[level] ?? "info"),
    textNode(block.text),
  );
}

function head(block) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : textNode(block.title);
  return [
    block.icon ? imageElement(block.icon, "small-icon") : null,
    el(
      "div",
      { class: "container-names" },
      el("div", { class: "container-title" }, title),
      block.subtitle ? el("div", { class: "container-subtitle" }, textNode(block.subtitle)) : null,
    ),
  ];
}

export function container(block, surface, renderBlock) {
  const id = freshId("container");
  const body = el(
    "div",
    { class: "container-body", id },
    block.child_blocks.map((child) => renderBlock(child, surface)),
  );
  const frame = `container width-${block.width ?? "standard"}${block.has_header_divider ? " ruled" : ""}`;
  if (!block.is_collapsible)
    return el("div", { class: frame }, el("div", { class: "container-head" }, head(block)), body);
  body.hidden = Boolean(block.default_collapsed);
  const toggle = el(
    "button",
    {
      class: "container-head collapsible",
      type: "button",
      "aria-expanded": String(!body.hidden),
      "aria-controls": id,
    },
    head(block),
    icon("down"),
  );
  toggle.addEventListener("click", () => {
    body.hidden = !body.hidden;
    toggle.setAttribute("aria-expanded", String(!body.hidden));
  });
  return el("div", { class: frame }, toggle, body);
}

export function card(block, surface) {
  const names = el(
    "div",
    { class: "card-names" },
    block.title ? el("div", { class: "card-title" }, textNode(block.title)) : null,
    block.subtitle ? el("div", { class: "card-subtitle" }, textNode(block.subtitle)) : null,
  );
  return el(
    "div",
    { class: "card" },
    block.hero_image ? imageElement(block.hero_image, "hero") : null,
    el("div", { class: "card-head" }, block.icon ? imageElement(block.icon, "small-icon") : null, names),
    block.body ? el("div", { class: "card-body" }, textNode(block.body)) : null,
    block.subtext ? el("div", { class: "card-subtext" }, textNode(block.subtext)) : null,
    block.actions?.length
      ? el(
          "div",
          { class: "actions" },
          block.actions.map((one) => renderElement(one, block, surface)),
        )
      : null,
  );
}

export function carousel(block, surface) {
  const track = el(
    "div",
    { class: "carousel-track", tabindex: "0", role: "group", "aria-label": "Cards" },
    block.elements.map((one) => card({ ...one, block_id: one.block_id ?? block.block_id }, surface)),
  );
  const slide = (sign) => track.scrollBy({ left: sign * track.clientWidth * 0.8, behavior: "smooth" });
  const arrow = (name, label, sign) =>
    el(
      "button",
      { class: "icon-button", type: "button", "aria-label": label, on: { click: () => slide(sign) } },
      icon(name),
    );
  const arrows =
    block.elements.length > 2
      ? el(
          "div",
          { class: "carousel-arrows" },
          arrow("back", "Previous cards", -1),
          arrow("forward", "Next cards", 1),
        )
      : null;
  return el("div", { class: "carousel" }, track, arrows);
}
