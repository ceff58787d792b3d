// The table of Block Kit elements. Each draws one node; the control in it carries data-action-id.

import { el } from "../core/dom.js";
import { imageElement } from "../blocks/media.js";
import { button, feedbackButtons, iconButton } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { fileInput } from "./file.js";
import { overflow } from "./overflow.js";
import { datePicker, dateTimePicker, timePicker } from "./pickers.js";
import { richTextInput } from "./rich_input.js";
import { multiSelect, singleSelect } from "./select.js";
import { textInput } from "./text.js";

const ELEMENTS = {
  button,
  workflow_button: button,
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
  image: (element) => imageElement(element, "accessory-image"),
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  rich_text_input: richTextInput,
  file_input: fileInput,
  static_select: singleSelect,
  external_select: singleSelect,
  users_select: singleSelect,
  channels_select: singleSelect,
  conversations_select: singleSelect,
  multi_static_select: multiSelect,
  multi_external_select: multiSelect,
  multi_users_select: multiSelect,
  multi_channels_select: multiSelect,
  multi_conversations_select: multiSelect,
};

/** @returns {HTMLElement} */
export function renderElement(element, block, surface) {
  const draw = ELEMENTS[element?.type];
  if (!draw)
    return el("span", { class: "unknown-block" }, `This element cannot be shown here: ${element?.type}`);
  return draw(element, block, surface);
}
