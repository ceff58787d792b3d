// The table of Block Kit blocks and the one way to draw them. A type nobody knows shows as a placeholder.

import { el, fingerprint, reconcile } from "../core/dom.js";
import { renderElement } from "../elements/index.js";
import { markdown } from "../text/markdown.js";
import { plainText, textNode } from "../text/mrkdwn.js";
import { richText } from "../text/richtext.js";
import { alertBlock, card, carousel, container } from "./cards.js";
import { chartBlock } from "./charts.js";
import { dataTable } from "./data_table.js";
import { imageBlock, imageElement, videoBlock } from "./media.js";
import { inputBlock } from "./input.js";
import { plan, taskCard } from "./plan.js";
import { table } from "./table.js";

/**
 * @typedef {object} Surface  what a block is drawn on
 * @property {"message"|"modal"|"home"} kind
 * @property {import("../core/form.js").Form} form
 * @property {(block: object, element: object, value: any) => Promise<void>} press
 * @property {(block: object, element: object, query: string) => Promise<object>} options
 */

function section(block, surface) {
  const fields = block.fields?.length
    ? el(
        "div",
        { class: "fields" },
        block.fields.map((field) => el("div", {}, textNode(field))),
      )
    : null;
  const body = el("div", { class: "section-text" }, textNode(block.text), fields);
  const side = block.accessory
    ? el("div", { class: "accessory" }, renderElement(block.accessory, block, surface))
    : null;
  return el("div", { class: "section" }, body, side);
}

function context(block) {
  return el(
    "div",
    { class: "context" },
    block.elements.map((part) =>
      part.type === "image" ? imageElement(part, "context-image") : textNode(part),
    ),
  );
}

const row = (name) => (block, surface) =>
  el(
    "div",
    { class: name },
    block.elements.map((element) => renderElement(element, block, surface)),
  );

function heading(block, surface) {
  const level = surface.kind === "modal" ? 3 : 2;
  return el(
    "div",
    { class: `header level-${block.level ?? 1}`, role: "heading", "aria-level": level },
    plainText(block.text),
  );
}

const file = (block) => el("div", { class: "file-block" }, `Remote file ${block.external_id ?? ""}`);

const BLOCKS = {
  section,
  header: heading,
  divider: () => el("hr", {}),
  context,
  actions: row("actions"),
  context_actions: row("actions context-actions"),
  image: imageBlock,
  video: videoBlock,
  file,
  input: inputBlock,
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  table,
  data_table: dataTable,
  data_visualization: chartBlock,
  container,
  card,
  carousel,
  alert: alertBlock,
  task_card: taskCard,
  plan,
};

const unknown = (block) =>
  el("div", { class: "unknown-block", role: "note" }, `This block cannot be shown here: ${block.type}`);

/** @returns {HTMLElement} */
export function renderBlock(block, surface) {
  const draw = BLOCKS[block.type] ?? unknown;
  return el(
    "div",
    {
      class: `block block-${block.type}`,
      "data-test": `block:${block.type}`,
      "data-block-id": block.block_id,
    },
    draw(block, surface, renderBlock),
  );
}

/** Draws blocks into `parent`, touching only those that differ from what is there. */
export function renderBlocks(parent, blocks, surface) {
  const seen = new Map();
  reconcile(
    parent,
    blocks.map((block, index) => {
      const name = block.block_id ?? `${block.type}-${index}`;
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      return {
        key: `${name}#${nth}`,
        signature: fingerprint(block),
        render: () => renderBlock(block, surface),
      };
    }),
  );
}
