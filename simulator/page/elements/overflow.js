// The overflow menu behind three dots.

import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { confirmFirst } from "../overlay/confirm.js";
import { openMenu } from "../overlay/menu.js";
import { plainText } from "../text/mrkdwn.js";

export function overflow(element, block, surface) {
  const pick = async (option) => {
    if (element.confirm && !(await confirmFirst(element.confirm))) return;
    if (option.url) window.open(option.url, "_blank", "noopener,noreferrer");
    await surface.press(block, element, option);
  };
  const node = el(
    "button",
    {
      class: "button default overflow",
      type: "button",
      "data-action-id": element.action_id,
      "aria-label": "More choices",
      "aria-haspopup": "menu",
    },
    icon("more"),
  );
  node.addEventListener("click", () =>
    openMenu(
      node,
      element.options.map((option) => ({
        label: plainText(option.text),
        detail: plainText(option.description),
        value: option.value,
        run: () => pick(option),
      })),
    ),
  );
  return node;
}
