// What happens when a control changes: the form remembers it, and the app hears of it where it asked to.

import { confirmFirst } from "../overlay/confirm.js";

/** Slack tells the app about every change outside an input block, and inside one with dispatch_action. */
export const dispatches = (block) => block.type !== "input" || block.dispatch_action === true;

/**
 * Keeps the value and, where the app listens, sends it after the element's own confirm dialog.
 * @returns {Promise<boolean>} false when the person said no and the old value stands
 */
export async function changed(block, element, surface, value) {
  if (element.confirm && dispatches(block) && !(await confirmFirst(element.confirm))) return false;
  surface.form.write(block, element, value);
  if (dispatches(block)) await surface.press(block, element, value);
  return true;
}
