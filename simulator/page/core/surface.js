// The three surfaces blocks are drawn on. Each knows how a press and a question for options reach the app.

import { toast } from "../overlay/toast.js";
import { post } from "./api.js";
import { fingerprint } from "./dom.js";
import { Form, plainValue } from "./form.js";
import { state } from "./state.js";
import { refresh } from "./sync.js";

const MANY = 400;
const NO_ANSWER = "The app did not respond. Try again?";
const forms = new Map();

/** The form of a surface, kept while the page lives so that nothing entered is lost to a re-render. */
export function formFor(key, seed) {
  if (!forms.has(key)) {
    if (forms.size > MANY) forms.delete(forms.keys().next().value);
    forms.set(key, new Form(seed));
  }
  return forms.get(key);
}

export const forgetForm = (key) => forms.delete(key);

/** Sends a press and shows what went wrong where the person looks: a view has a place of its own for that. */
async function send(body) {
  try {
    const told = await post("press", body);
    if (told.ok === false && !body.view_id) toast(told.detail ?? NO_ANSWER);
  } catch (error) {
    toast(error.message);
  }
  await refresh();
}

function surface(kind, address, form, values) {
  return {
    kind,
    form,
    press: (block, element, value) =>
      send({
        as: state.me,
        ...address,
        block_id: block.block_id,
        action_id: element.action_id,
        value: plainValue(element, value),
        ...values(),
      }),
    options: (block, element, query) =>
      post("options", {
        as: state.me,
        ...address,
        block_id: block.block_id,
        action_id: element.action_id,
        value: query,
      }),
  };
}

export function messageSurface(channel, message) {
  const form = formFor(`${state.me}/${channel}/${message.ts}/${fingerprint(message.blocks)}`);
  return surface("message", { channel, ts: message.ts }, form, () => ({}));
}

/** @param {object} view Slack's view object */
export function viewSurface(view) {
  const form = formFor(view.id, view.state?.values);
  return surface(view.type, { view_id: view.id }, form, () => ({ values: form.values(view.blocks) }));
}
