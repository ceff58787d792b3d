// Buttons: plain, link, icon and the thumbs of feedback.

import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { confirmFirst } from "../overlay/confirm.js";
import { plainText } from "../text/mrkdwn.js";

/** Presses once at a time: a second click while the first is under way does nothing. */
async function pressOnce(node, element, block, surface, value) {
  if (node.getAttribute("aria-busy") === "true") return;
  if (element.confirm && !(await confirmFirst(element.confirm))) return;
  node.setAttribute("aria-busy", "true");
  try {
    await surface.press(block, element, value);
  } finally {
    node.removeAttribute("aria-busy");
  }
}

export function button(element, block, surface) {
  const url = element.url ?? element.workflow?.trigger?.url;
  const look = `button ${element.style ?? "default"}`;
  const props = {
    class: look,
    "data-action-id": element.action_id,
    "data-value": element.value,
    "aria-label": element.accessibility_label,
  };
  const said = [
    plainText(element.text),
    url ? el("span", { class: "leaves", "aria-hidden": "true" }, "↗") : null,
  ];
  const node =
    url && /^https?:/i.test(url)
      ? el("a", { ...props, href: url, target: "_blank", rel: "noopener noreferrer" }, said)
      : el("button", { ...props, type: "button" }, said);
  node.addEventListener("click", () => pressOnce(node, element, block, surface, element.value));
  return node;
}

export function iconButton(element, block, surface) {
  const label = element.accessibility_label ?? plainText(element.text);
  const node = el(
    "button",
    {
      class: "icon-button",
      type: "button",
      "data-action-id": element.action_id,
      "aria-label": label,
      title: label,
    },
    icon(element.icon === "trash" ? "trash" : "bolt"),
  );
  node.addEventListener("click", () => pressOnce(node, element, block, surface, element.value));
  return node;
}

export function feedbackButtons(element, block, surface) {
  const thumb = (part, sign) => {
    const label = part.accessibility_label ?? plainText(part.text);
    const node = el(
      "button",
      {
        class: "icon-button",
        type: "button",
        "data-action-id": element.action_id,
        "data-value": part.value,
        "aria-label": label,
        title: label,
      },
      sign,
    );
    node.addEventListener("click", () => pressOnce(node, element, block, surface, part.value));
    return node;
  };
  return el(
    "span",
    { class: "feedback" },
    thumb(element.positive_button, "👍"),
    thumb(element.negative_button, "👎"),
  );
}
