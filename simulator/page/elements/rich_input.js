// A plain rich text input: lines, lists and a few marks in Slack's own characters become a rich_text block.

import { el } from "../core/dom.js";
import { plainText } from "../text/mrkdwn.js";
import { richPlain } from "../text/richtext.js";
import { dispatches } from "./changing.js";

const MARKS = [
  [/^\*([^*\n]+)\*/, (m) => ({ type: "text", text: m[1], style: { bold: true } })],
  [/^_([^_\n]+)_/, (m) => ({ type: "text", text: m[1], style: { italic: true } })],
  [/^~([^~\n]+)~/, (m) => ({ type: "text", text: m[1], style: { strike: true } })],
  [/^`([^`\n]+)`/, (m) => ({ type: "text", text: m[1], style: { code: true } })],
  [/^https?:\/\/\S+/, (m) => ({ type: "link", url: m[0] })],
];

function leaves(text) {
  const out = [];
  let plain = "";
  const flush = () => {
    if (plain) out.push({ type: "text", text: plain });
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const startsWord = at === 0 || /[\s(]/.test(text[at - 1]);
    const hit = startsWord
      ? MARKS.map(([rule, make]) => [rule.exec(rest), make]).find(([match]) => match)
      : null;
    if (hit) flush();
    if (hit) out.push(hit[1](hit[0]));
    else plain += text[at];
    at += hit ? hit[0][0].length : 1;
  }
  flush();
  return out;
}

const BULLET = /^\s*[-•]\s+/;

/** @returns {object|null} a rich_text block, null for nothing */
export function toRichText(text) {
  if (!text.trim()) return null;
  const elements = [];
  for (const line of text.split("\n")) {
    const last = elements.at(-1);
    if (BULLET.test(line)) {
      const item = { type: "rich_text_section", elements: leaves(line.replace(BULLET, "")) };
      if (last?.type === "rich_text_list") last.elements.push(item);
      else elements.push({ type: "rich_text_list", style: "bullet", indent: 0, elements: [item] });
    } else if (last?.type === "rich_text_section") {
      last.elements.push({ type: "text", text: "\n" }, ...leaves(line));
    } else {
      elements.push({ type: "rich_text_section", elements: leaves(line) });
    }
  }
  return { type: "rich_text", elements };
}

export function richTextInput(element, block, surface) {
  const input = el("textarea", {
    class: "field",
    rows: "5",
    "data-action-id": element.action_id,
    placeholder: plainText(element.placeholder) || "*bold*  _italic_  ~struck~  - list",
    autofocus: element.focus_on_load,
  });
  input.value = richPlain(surface.form.read(block, element));
  input.addEventListener("input", () => surface.form.write(block, element, toRichText(input.value)));
  if (dispatches(block))
    input.addEventListener("change", () => surface.press(block, element, toRichText(input.value)));
  return input;
}
