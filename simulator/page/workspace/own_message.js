// What people may do to what they wrote: rewrite it, take it back.

import { post } from "../core/api.js";
import { el, freshId } from "../core/dom.js";
import { state } from "../core/state.js";
import { refresh } from "../core/sync.js";
import { confirmFirst } from "../overlay/confirm.js";
import { toast } from "../overlay/toast.js";

async function change(message, place, text) {
  try {
    await post("edit", { as: state.me, channel: place.channel, ts: message.ts, text });
  } catch (error) {
    toast(error.message);
  }
  await refresh();
}

/** Shows the text as Slack holds it: mentions and links stay tokens, so nothing is lost on the way. */
function edit(message, place) {
  const id = freshId("edit");
  const input = el("textarea", {
    class: "field",
    rows: "4",
    "aria-labelledby": id,
    "data-test": "edit-text",
  });
  input.value = message.text ?? "";
  const button = (label, look, type, test) =>
    el("button", { class: `button ${look}`, type, value: test, "data-test": test }, label);
  const cancel = button("Cancel", "default", "button", "edit-cancel");
  const buttons = el(
    "div",
    { class: "dialog-buttons" },
    cancel,
    button("Save", "primary", "submit", "edit-save"),
  );
  const form = el("form", { method: "dialog" }, el("h2", { id }, "Edit message"), input, buttons);
  const dialog = el("dialog", { class: "dialog confirm", "aria-labelledby": id, "data-test": "edit" }, form);
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "edit-save" && input.value.trim()) change(message, place, input.value.trim());
  });
  document.body.append(dialog);
  dialog.showModal();
}

async function remove(message, place) {
  const asked = {
    title: "Delete message",
    text: "This cannot be undone.",
    confirm: "Delete",
    style: "danger",
  };
  if (await confirmFirst(asked)) await change(message, place, "");
}

/** @returns {import("../overlay/menu.js").MenuItem[]} nothing for what someone else wrote */
export function ownItems(message, place) {
  if (message.user !== state.me) return [];
  return [
    { label: "Edit message", test: "edit-message", run: () => edit(message, place) },
    { label: "Delete message", test: "delete-message", run: () => remove(message, place) },
  ];
}
