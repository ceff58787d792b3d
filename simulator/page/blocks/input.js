// The input block: label, element and hint, and the problem that may stand under it.

import { el, freshId } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { renderElement } from "../elements/index.js";
import { plainText } from "../text/mrkdwn.js";

const GROUPS = new Set(["checkboxes", "radio_buttons"]);

const controlOf = (node) =>
  node.matches("[data-action-id]") ? node : node.querySelector("[data-action-id]");

/** Connects label and hint with the control that carries the action id. */
function connect(control, label, hint) {
  const target = controlOf(control);
  target?.setAttribute("aria-labelledby", label);
  if (hint) target?.setAttribute("aria-describedby", hint);
}

export function inputBlock(block, surface) {
  const label = freshId("label");
  const hint = block.hint ? freshId("hint") : null;
  const control = renderElement(block.element, block, surface);
  connect(control, label, hint);
  const optional = block.optional ? el("span", { class: "optional" }, " (optional)") : null;
  const focus = () =>
    (control.matches("input,textarea")
      ? control
      : control.querySelector("input,textarea,button,[tabindex]")
    )?.focus();
  return el(
    "div",
    { class: "input", role: GROUPS.has(block.element.type) ? "group" : null, "aria-labelledby": label },
    el("div", { class: "label", id: label, on: { click: focus } }, plainText(block.label), optional),
    control,
    block.hint ? el("div", { class: "hint", id: hint }, plainText(block.hint)) : null,
  );
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
