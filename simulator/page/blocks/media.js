// Images and videos. A video is a link: nothing is embedded.

import { el } from "../core/dom.js";
import { plainText, textNode } from "../text/mrkdwn.js";
import { safeLink } from "../text/chips.js";

const address = (image) =>
  image.image_url ?? image.slack_file?.url ?? (image.slack_file?.id ? `/files/${image.slack_file.id}` : "");

/** A picture that says what it shows when it cannot be loaded. */
export function imageElement(image, name) {
  const node = el("img", {
    class: name,
    src: address(image),
    alt: image.alt_text ?? "",
    title: image.alt_text ?? null,
    loading: "lazy",
  });
  node.addEventListener("error", () =>
    node.replaceWith(el("span", { class: `${name} no-image` }, image.alt_text ?? "Image")),
  );
  return node;
}

export function imageBlock(block) {
  const title = block.title ? el("figcaption", {}, plainText(block.title)) : null;
  return el("figure", { class: "figure" }, title, imageElement(block, "picture"));
}

export function videoBlock(block) {
  const name = plainText(block.title);
  return el(
    "div",
    { class: "video" },
    el("div", { class: "video-by" }, block.author_name ?? block.provider_name ?? ""),
    (block.title_url ?? block.video_url) ? safeLink(block.title_url ?? block.video_url, name) : name,
    textNode(block.description),
    block.thumbnail_url
      ? imageElement({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "picture")
      : null,
  );
}
