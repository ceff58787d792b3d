// A plan and its task cards.

import { el } from "../core/dom.js";
import { safeLink } from "../text/chips.js";
import { plainText } from "../text/mrkdwn.js";
import { richText } from "../text/richtext.js";

const STATUS = {
  pending: ["○", "pending"],
  in_progress: ["◐", "in progress"],
  complete: ["✓", "complete"],
  error: ["!", "failed"],
};

export function taskCard(block) {
  const [sign, said] = STATUS[block.status] ?? STATUS.pending;
  return el(
    "div",
    { class: `task-card task-${block.status}` },
    el(
      "div",
      { class: "task-title" },
      el("span", { class: "task-sign", role: "img", "aria-label": said }, sign),
      plainText(block.title),
    ),
    block.details ? richText(block.details) : null,
    block.output ? richText(block.output) : null,
    (block.sources ?? []).map((source) =>
      el("div", { class: "task-source" }, safeLink(source.url, source.text ?? source.url)),
    ),
  );
}

export const plan = (block) =>
  el(
    "div",
    { class: "plan" },
    el("div", { class: "plan-title" }, plainText(block.title)),
    (block.tasks ?? []).map(taskCard),
  );
