// Standard Markdown, as the `markdown` block takes it, to DOM nodes: what Slack documents and nothing more.

import { el } from "../core/dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { channelChip, mentionChip, safeLink } from "./chips.js";
import { withEmoji } from "./emoji.js";

const SPANS = [
  [/^\\([\\`*_{}[\]()#+\-.!|>~])/, (m) => m[1]],
  [/^`([^`\n]+)`/, (m) => el("code", {}, m[1])],
  [/^(\*\*|__)(?=\S)([\s\S]+?\S?)\1/, (m) => el("strong", {}, span(m[2]))],
  [/^~~(?=\S)([\s\S]+?)~~/, (m) => el("s", {}, span(m[1]))],
  [/^([*_])(?=\S)([^*_\n]+?)\1(?![\p{L}\p{N}])/u, (m) => el("em", {}, span(m[2]))],
  [/^!\[([^\]\n]*)\]\(([^)\s]+)\)/, (m) => safeLink(m[2], m[1] || m[2])],
  [/^\[([^\]\n]+)\]\(([^)\s]+)(?:\s+"[^"]*")?\)/, (m) => safeLink(m[2], span(m[1]))],
  [/^<@([A-Z0-9]+)(?:\|[^>]*)?>/, (m) => mentionChip(m[1])],
  [/^<#([A-Z0-9]+)(?:\|([^>]*))?>/, (m) => channelChip(m[1], m[2])],
  [/^<[^<>\n]+>/, (m) => mrkdwn(m[0])],
  [/^https?:\/\/[^\s<>)]+[^\s<>).,;:!?]/, (m) => safeLink(m[0], m[0])],
];

function span(text) {
  const out = [];
  let plain = "";
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const glued = /[\p{L}\p{N}]/u.test(text[at - 1] ?? "") && /^[_h]/.test(rest);
    const hit = glued ? null : SPANS.map(([rule, make]) => [rule.exec(rest), make]).find(([match]) => match);
    if (hit) {
      if (plain) out.push(withEmoji(plain));
      plain = "";
      out.push(hit[1](hit[0]));
      at += hit[0][0].length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) out.push(withEmoji(plain));
  return out.flat();
}

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;
const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
const RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** Takes lines while `test` holds. */
function take(lines, test) {
  const taken = [];
  while (lines.length && test(lines[0])) taken.push(lines.shift());
  return taken;
}

function fence(lines) {
  lines.shift();
  const body = take(lines, (line) => !/^\s*```/.test(line));
  lines.shift();
  return el("pre", {}, body.join("\n"));
}

function table(lines) {
  const head = cells(lines.shift());
  lines.shift();
  const rows = take(lines, (line) => line.includes("|")).map(cells);
  return el(
    "div",
    { class: "table-wrap", tabindex: "0" },
    el(
      "table",
      { class: "grid-table" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          head.map((cell) => el("th", { scope: "col" }, span(cell))),
        ),
      ),
      el(
        "tbody",
        {},
        rows.map((row) =>
          el(
            "tr",
            {},
            row.map((cell) => el("td", {}, span(cell))),
          ),
        ),
      ),
    ),
  );
}

function list(lines) {
  const [, lead, mark] = ITEM.exec(lines[0]);
  const root = el(/\d/.test(mark) ? "ol" : "ul", {
    start: /\d/.test(mark) ? Number.parseInt(mark, 10) : null,
  });
  while (lines.length) {
    const item = ITEM.exec(lines[0]);
    if (!item || item[1].length < lead.length) break;
    if (item[1].length > lead.length && root.lastElementChild) {
      root.lastElementChild.append(list(lines));
      continue;
    }
    lines.shift();
    const box = item[3] === undefined ? null : item[3] === " " ? "☐ " : "☑ ";
    root.append(el("li", { class: box ? "task" : null }, box, span(item[4])));
  }
  return root;
}

const heading = (lines) => {
  const [, marks, text] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(lines.shift());
  return el(
    "div",
    { class: `md-heading md-h${marks.length}`, role: "heading", "aria-level": Math.min(marks.length + 2, 6) },
    span(text),
  );
};

function quote(lines) {
  const inner = take(lines, (line) => /^\s*>/.test(line)).map((line) => line.replace(/^\s*> ?/, ""));
  return el("blockquote", {}, blocks(inner));
}

const STARTS = [
  [(lines) => /^\s*```/.test(lines[0]), fence],
  [(lines) => /^#{1,6}\s/.test(lines[0]), heading],
  [
    (lines) => /^\s*([-*_])(\s*\1){2,}\s*$/.test(lines[0]),
    (lines) => {
      lines.shift();
      return el("hr");
    },
  ],
  [(lines) => /^\s*>/.test(lines[0]), quote],
  [(lines) => ITEM.test(lines[0]), list],
  [(lines) => lines[0].includes("|") && RULE.test(lines[1] ?? "") && (lines[1] ?? "").includes("-"), table],
];

function paragraph(lines) {
  const taken = [lines.shift()];
  while (lines.length && lines[0].trim() && !STARTS.some(([test]) => test(lines))) taken.push(lines.shift());
  return el("p", {}, span(taken.join("\n")));
}

function blocks(lines) {
  const out = [];
  while (lines.length) {
    if (!lines[0].trim()) lines.shift();
    else out.push((STARTS.find(([test]) => test(lines))?.[1] ?? paragraph)(lines));
  }
  return out;
}

export const markdown = (text) => el("div", { class: "markdown" }, blocks(text.split("\n")));
