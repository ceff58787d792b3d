// Block Kit's confirm object as a dialog.

import { el, freshId } from "../core/dom.js";
import { plainText, textNode } from "../text/mrkdwn.js";

/** @returns {Promise<boolean>} whether the person went ahead */
export function confirmFirst(wants) {
  const id = freshId("confirm");
  const style = wants.style === "danger" ? "danger" : "primary";
  return new Promise((resolve) => {
    const say = (value) => () => dialog.close(value);
    const dialog = el(
      "dialog",
      { class: "dialog confirm", "aria-labelledby": id, "data-test": "confirm" },
      el("h2", { id }, plainText(wants.title) || "Are you sure?"),
      el("div", { class: "confirm-text" }, textNode(wants.text)),
      el(
        "div",
        { class: "dialog-buttons" },
        el(
          "button",
          { class: "button default", type: "button", "data-test": "confirm-no", on: { click: say("no") } },
          plainText(wants.deny) || "Cancel",
        ),
        el(
          "button",
          {
            class: `button ${style}`,
            type: "button",
            "data-test": "confirm-yes",
            autofocus: true,
            on: { click: say("yes") },
          },
          plainText(wants.confirm) || "Yes",
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    (document.querySelector("dialog[open]") ?? document.body).append(dialog);
    dialog.showModal();
  });
}
