// Slack's mrkdwn to DOM nodes. Angle-bracket tokens are the only links and mentions; entities are undone once.

import { el } from "../core/dom.js";
import { fillDate, fullMoment } from "../core/time.js";
import { channelChip, mentionChip, safeLink } from "./chips.js";
import { emojiOf, withEmoji } from "./emoji.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
export const undoEntities = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

const MARKS = { "*": "strong", _: "em", "~": "s" };
const TOKEN = /^<([^<>\n]+)>/;
const EMOJI_NAME = /^:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/i;
const BARE_URL = /^https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]}'"*_~]/;
const WORD = /[\p{L}\p{N}]/u;

function dateToken(body) {
  const [, seconds, pattern, link] = body.match(/^!date\^(-?\d+)\^([^|^]*)(?:\^([^|]*))?/) ?? [];
  if (!seconds) return null;
  const node = el(
    "time",
    { title: fullMoment(Number(seconds) * 1000), class: "date" },
    fillDate(Number(seconds), undoEntities(pattern)),
  );
  return link ? safeLink(link, node) : node;
}

function bangToken(body, label) {
  if (body.startsWith("!date^"))
    return dateToken(body) ?? document.createTextNode(undoEntities(label ?? body));
  const name = body.slice(1);
  if (name.startsWith("subteam^"))
    return el("span", { class: "mention" }, undoEntities(label ?? `@${name.slice(8)}`));
  return el("span", { class: "mention broadcast" }, `@${name.split("^")[0]}`);
}

/** One `<…>` token. */
function tokenNode(inside) {
  const bar = inside.indexOf("|");
  const body = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : inside.slice(bar + 1);
  if (body.startsWith("@")) return mentionChip(body.slice(1), label);
  if (body.startsWith("#")) return channelChip(body.slice(1), label);
  if (body.startsWith("!")) return bangToken(body, label);
  const target = undoEntities(body);
  return safeLink(target, undoEntities(label || target.replace(/^mailto:/, "")));
}

/** Where the formatting opened at `start` closes, or -1: the closing mark touches text before it and no word after it. */
function closing(text, start, mark) {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\n") return -1;
    if (text[at] === "`") {
      const end = text.indexOf("`", at + 1);
      if (end > 0) at = end;
    } else if (text[at] === "<") {
      const token = TOKEN.exec(text.slice(at));
      if (token) at += token[0].length - 1;
    } else if (
      text[at] === mark &&
      at > start + 1 &&
      !/\s/.test(text[at - 1]) &&
      !WORD.test(text[at + 1] ?? "")
    ) {
      return at;
    }
  }
  return -1;
}

function opens(text, at) {
  const before = text[at - 1] ?? "";
  return !WORD.test(before) && text[at + 1] !== undefined && !/\s/.test(text[at + 1]);
}

/** The special thing that starts at `at`: how long it is and its node; null for an ordinary character. */
function special(text, at, verbatim) {
  const rest = text.slice(at);
  const sign = text[at];
  if (sign === "<") {
    const token = TOKEN.exec(rest);
    return token && { length: token[0].length, node: tokenNode(token[1]) };
  }
  if (sign === "`") {
    const code = /^`([^`\n]+)`/.exec(rest);
    return code && { length: code[0].length, node: el("code", {}, undoEntities(plainTokens(code[1]))) };
  }
  if (sign === ":") {
    const name = EMOJI_NAME.exec(rest);
    const found = name && emojiOf(name[1].toLowerCase());
    return found
      ? {
          length: name[0].length,
          node: el("span", { class: "emoji", role: "img", "aria-label": name[1], title: name[0] }, found),
        }
      : null;
  }
  if (MARKS[sign] && opens(text, at)) {
    const end = closing(text, at, sign);
    return end < 0
      ? null
      : { length: end - at + 1, node: el(MARKS[sign], {}, inline(text.slice(at + 1, end), verbatim)) };
  }
  if (sign === "h" && !verbatim && !WORD.test(text[at - 1] ?? "")) {
    const url = BARE_URL.exec(rest);
    return url && { length: url[0].length, node: safeLink(undoEntities(url[0]), undoEntities(url[0])) };
  }
  return null;
}

/** Tokens inside code show as what a person would have typed. */
const plainTokens = (text) =>
  text.replace(/<([^<>|\n]+)(?:\|([^<>\n]*))?>/g, (_, body, label) => label ?? body);

/** Text of one line or more without quotes and code blocks. @returns {(Node|string)[]} */
export function inline(text, verbatim = false) {
  const out = [];
  let plain = "";
  const flush = () => {
    if (plain) out.push(undoEntities(plain));
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const found = special(text, at, verbatim);
    if (found) {
      flush();
      out.push(found.node);
      at += found.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return out;
}

const QUOTE = /^(?:>|&gt;) ?/;

/** Runs of quoted and unquoted lines. */
function paragraphs(text, verbatim) {
  const out = [];
  let run = null;
  for (const line of text.split("\n")) {
    const quoted = QUOTE.test(line);
    if (!run || run.quoted !== quoted) {
      run = { quoted, lines: [] };
      out.push(run);
    }
    run.lines.push(line.replace(quoted ? QUOTE : /(?!)/, ""));
  }
  return out.map(({ quoted, lines }) =>
    el(quoted ? "blockquote" : "span", { class: quoted ? null : "run" }, inline(lines.join("\n"), verbatim)),
  );
}

/** @param {string} text mrkdwn as an app sends it  @returns {HTMLElement} */
export function mrkdwn(text, { verbatim = false } = {}) {
  const parts = text.split(/```/);
  const whole = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join("```")];
  const nodes = whole.flatMap((part, index) => {
    if (index % 2 === 1)
      return part.trim() ? [el("pre", {}, undoEntities(plainTokens(part.replace(/^\n|\n$/g, ""))))] : [];
    const trimmed = part
      .replace(index > 0 ? /^\n/ : /(?!)/, "")
      .replace(index < whole.length - 1 ? /\n$/ : /(?!)/, "");
    return trimmed ? paragraphs(trimmed, verbatim) : [];
  });
  return el("div", { class: "mrkdwn" }, nodes);
}

/** A text object of either type. */
export function textNode(object) {
  if (!object) return null;
  if (typeof object === "string") return el("span", {}, withEmoji(object));
  if (object.type === "mrkdwn") return mrkdwn(object.text ?? "", { verbatim: object.verbatim });
  return el("span", { class: "plain" }, plainText(object));
}

/** The characters of a text object, for labels and titles. */
export function plainText(object) {
  const text = typeof object === "string" ? object : (object?.text ?? "");
  if (object?.type !== "mrkdwn") return object?.emoji === false ? text : withEmoji(text);
  return withEmoji(undoEntities(plainTokens(text)).replace(/[*_~`]/g, ""));
}
