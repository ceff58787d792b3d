// Date, time and date-with-time: the browser's own pickers, in the workspace's zone.

import { el } from "../core/dom.js";
import { fromLocalInput, toLocalInput, zone } from "../core/time.js";
import { changed, dispatches } from "./changing.js";

/** Commits a pick at once, but what is typed only when the person is done: each typed digit is a valid date too. */
function commitWhenDone(input, commit) {
  let typed = false;
  let last = input.value;
  const settle = () => {
    typed = false;
    if (input.value === last) return;
    last = input.value;
    commit(input.value);
  };
  input.addEventListener("keydown", (event) => {
    typed = true;
    if (event.key === "Enter") settle();
  });
  input.addEventListener("change", () => {
    if (!typed) settle();
  });
  input.addEventListener("blur", settle);
}

function picker(type, { read, write }) {
  return (element, block, surface) => {
    const input = el("input", {
      class: "field picker",
      type,
      "data-action-id": element.action_id,
      autofocus: element.focus_on_load,
    });
    input.value = read(surface.form.read(block, element));
    const keep = () => surface.form.write(block, element, write(input.value));
    if (!dispatches(block)) {
      input.addEventListener("input", keep);
      return input;
    }
    commitWhenDone(input, async (value) => {
      const kept = surface.form.read(block, element);
      if (!(await changed(block, element, surface, write(value)))) input.value = read(kept);
    });
    return input;
  };
}

const asText = { read: (value) => value ?? "", write: (value) => value || null };
const asMoment = {
  read: (value) => (value ? toLocalInput(value) : ""),
  write: (value) => (value ? fromLocalInput(value) : null),
};

export const datePicker = picker("date", asText);
export const dateTimePicker = picker("datetime-local", asMoment);

const plainTime = picker("time", asText);

export function timePicker(element, block, surface) {
  const input = plainTime(element, block, surface);
  const note =
    element.timezone && element.timezone !== zone() ? el("span", { class: "zone" }, element.timezone) : null;
  return note ? el("span", { class: "zoned" }, input, note) : input;
}
