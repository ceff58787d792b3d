// Checkboxes and radio buttons.

import { el, freshId } from "../core/dom.js";
import { textNode } from "../text/mrkdwn.js";
import { changed } from "./changing.js";

function choice(type, name, option, checked) {
  const input = el("input", { type, name, value: option.value });
  input.checked = checked;
  const description = option.description
    ? el("span", { class: "choice-description" }, textNode(option.description))
    : null;
  return {
    input,
    option,
    node: el(
      "label",
      { class: "choice" },
      input,
      el("span", { class: "choice-text" }, textNode(option.text), description),
    ),
  };
}

const isIn = (picked, option) => picked.some((one) => one.value === option.value);

function group(role, element, choices) {
  return el(
    "div",
    { class: "choices", role, "data-action-id": element.action_id },
    choices.map(({ node }) => node),
  );
}

export function checkboxes(element, block, surface) {
  const picked = surface.form.read(block, element) ?? [];
  const name = freshId("check");
  const choices = element.options.map((option) => choice("checkbox", name, option, isIn(picked, option)));
  const apply = async () => {
    const kept = surface.form.read(block, element) ?? [];
    const value = choices.filter(({ input }) => input.checked).map(({ option }) => option);
    if (!(await changed(block, element, surface, value)))
      choices.forEach((one) => {
        one.input.checked = isIn(kept, one.option);
      });
  };
  choices.forEach(({ input }) => input.addEventListener("change", apply));
  return group("group", element, choices);
}

export function radioButtons(element, block, surface) {
  const picked = surface.form.read(block, element);
  const name = freshId("radio");
  const choices = element.options.map((option) =>
    choice("radio", name, option, picked?.value === option.value),
  );
  for (const { input, option } of choices) {
    input.addEventListener("change", async () => {
      const kept = surface.form.read(block, element);
      if (!(await changed(block, element, surface, option)))
        choices.forEach((one) => {
          one.input.checked = kept?.value === one.option.value;
        });
    });
  }
  return group("radiogroup", element, choices);
}
