// One-line and many-line text, e-mail, URL and number inputs.

import { el } from "../core/dom.js";
import { plainText } from "../text/mrkdwn.js";
import { dispatches } from "./changing.js";

const KEYBOARDS = { email_text_input: "email", url_text_input: "url", number_input: "decimal" };
const COUNTER_FROM = 0.8;

function counter(element, input) {
  const left = el("span", { class: "counter", "aria-live": "polite" });
  const update = () => {
    const shown = element.max_length && input.value.length >= element.max_length * COUNTER_FROM;
    left.textContent = shown ? String(element.max_length - input.value.length) : "";
  };
  input.addEventListener("input", update);
  update();
  return left;
}

/** Sends the value where the app asked for it: on Enter (the default) or on each character. */
function dispatchOn(input, element, block, surface) {
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const send = () => surface.press(block, element, input.value);
  if (triggers.includes("on_character_entered")) input.addEventListener("input", send);
  if (!triggers.includes("on_enter_pressed")) return;
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || (element.multiline && event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    send();
  });
}

export function textInput(element, block, surface) {
  const value = surface.form.read(block, element) ?? "";
  const props = {
    class: "field",
    "data-action-id": element.action_id,
    placeholder: plainText(element.placeholder),
    autocomplete: "off",
    maxlength: element.max_length,
    autofocus: element.focus_on_load,
  };
  const input = element.multiline
    ? el("textarea", { ...props, rows: "5" })
    : el("input", { ...props, type: "text", inputmode: KEYBOARDS[element.type] });
  input.value = value;
  input.addEventListener("input", () => surface.form.write(block, element, input.value || null));
  if (dispatches(block)) dispatchOn(input, element, block, surface);
  if (!element.max_length) return input;
  return el("div", { class: "counted" }, input, counter(element, input));
}
