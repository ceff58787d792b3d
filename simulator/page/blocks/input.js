// The input block: label, element and hint, and the problem that may stand under it.

import { el, freshId } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { renderElement } from "../elements/index.js";
import { plainText } from "../text/mrkdwn.js";

const controlOf = (node) =>
  node.matches("[data-action-id]") ? node : node.querySelector("[data-action-id]");

const isField = (node) => node?.matches("input, textarea");

/** The label of one field, or the heading of a group of them. */
function labelFor(block, target) {
  const optional = block.optional ? el("span", { class: "optional" }, " (optional)") : null;
  const id = freshId("label");
  const said = [plainText(block.label), optional];
  if (!isField(target)) return el("div", { class: "label", id }, said);
  target.id = freshId("field");
  return el("label", { class: "label", id, for: target.id }, said);
}

export function inputBlock(block, surface) {
  const control = renderElement(block.element, block, surface);
  const target = controlOf(control);
  const label = labelFor(block, target);
  const hint = block.hint ? el("div", { class: "hint", id: freshId("hint") }, plainText(block.hint)) : null;
  if (!isField(target)) target?.setAttribute("aria-labelledby", label.id);
  else if (!block.optional) target.setAttribute("aria-required", "true");
  if (hint) target?.setAttribute("aria-describedby", hint.id);
  return el("div", { class: "input" }, label, control, hint);
}

function clearProblem(input) {
  input.classList.remove("invalid");
  input.querySelector(".problem")?.remove();
  const control = controlOf(input);
  control?.removeAttribute("aria-invalid");
  control?.removeAttribute("aria-errormessage");
}

/**
 * Shows problems in place, under the fields they are about, and takes solved ones away. Nothing else is
 * touched, so a person goes on typing.
 * @param {Record<string, string>} problems by block id
 */
export function markProblems(root, problems) {
  for (const input of root.querySelectorAll(".input")) {
    const text = problems[input.closest("[data-block-id]").dataset.blockId];
    if (input.querySelector(".problem")?.dataset.text === (text ?? undefined) && text) continue;
    clearProblem(input);
    if (!text) continue;
    const id = freshId("problem");
    input.classList.add("invalid");
    input.children[1].after(
      el(
        "div",
        { class: "problem", id, "data-test": "field-error", "data-text": text, role: "alert" },
        icon("warn", 15),
        text,
      ),
    );
    controlOf(input)?.setAttribute("aria-invalid", "true");
    controlOf(input)?.setAttribute("aria-errormessage", id);
  }
}
