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

const hit = (match, node) => ({ length: match[0].length, node });

function emojiAt(rest) {
  const match = EMOJI_NAME.exec(rest);
  const sign = match && emojiOf(match[1].toLowerCase());
  if (!sign) return null;
  return hit(
    match,
    el("span", { class: "emoji", role: "img", "aria-label": match[1], title: match[0] }, sign),
  );
}

function tokenAt(rest) {
  const match = TOKEN.exec(rest);
  return match && hit(match, tokenNode(match[1]));
}

function codeAt(rest) {
  const match = /^`([^`\n]+)`/.exec(rest);
  return match && hit(match, el("code", {}, undoEntities(plainTokens(match[1]))));
}

function urlAt(rest, text, at, verbatim) {
  if (verbatim || WORD.test(text[at - 1] ?? "")) return null;
  const match = BARE_URL.exec(rest);
  return match && hit(match, safeLink(undoEntities(match[0]), undoEntities(match[0])));
}

function markAt(rest, text, at, verbatim) {
  const end = opens(text, at) ? closing(text, at, text[at]) : -1;
  if (end < 0) return null;
  return { length: end - at + 1, node: el(MARKS[text[at]], {}, inline(text.slice(at + 1, end), verbatim)) };
}

/** What may start with a character. */
const STARTS = { "<": tokenAt, "`": codeAt, ":": emojiAt, h: urlAt, "*": markAt, _: markAt, "~": markAt };

/** The special thing that starts at `at`: how long it is and its node; null for an ordinary character. */
const special = (text, at, verbatim) => STARTS[text[at]]?.(text.slice(at), text, at, verbatim) ?? null;

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
