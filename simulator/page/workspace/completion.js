// What the composer offers while one types: the app's commands with their hints, people, channels and emoji.

import { el, freshId } from "../core/dom.js";
import { channel, shownChannel, state } from "../core/state.js";
import { EMOJI } from "../text/emoji.js";
import { avatar } from "./avatar.js";

const MOST = 8;

/** @typedef {{label: string, detail?: string, hint?: string, insert: string, token?: [string, string], lead?: Node}} Offer */

function commands(text, caret) {
  const typed = /^\/(\S*)$/.exec(text.slice(0, caret))?.[1];
  if (typed === undefined) return null;
  const offers = state.workspace.commands
    .filter((one) => one.command.slice(1).startsWith(typed.toLowerCase()))
    .map((one) => ({
      label: one.command,
      hint: one.usage_hint,
      detail: one.description,
      insert: `${one.command} `,
      from: 0,
    }));
  return { title: `Commands of ${state.workspace.app.name}`, offers };
}

function people(text, caret) {
  const found = /(^|\s)@([\p{L}\p{N}._-]*)$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const wanted = found[2].toLowerCase();
  const here = channel(shownChannel())?.members ?? [];
  const offers = state.workspace.people
    .filter((one) =>
      `${one.real_name} ${one.name}`
        .toLowerCase()
        .split(/\s/)
        .some((word) => word.startsWith(wanted)),
    )
    .sort((one, other) => here.includes(other.id) - here.includes(one.id))
    .map((one) => ({
      label: one.real_name || one.name,
      detail: one.kind === "bot" ? "App" : one.role,
      lead: avatar(one, "tiny"),
      insert: `@${one.real_name || one.name} `,
      token: [`@${one.real_name || one.name}`, `<@${one.id}>`],
      from: caret - found[2].length - 1,
    }));
  return { title: "People", offers };
}

function channels(text, caret) {
  const found = /(^|\s)#([\w-]*)$/.exec(text.slice(0, caret));
  if (!found) return null;
  const offers = state.conversations
    .filter((one) => one.kind === "channel" && one.name.startsWith(found[2].toLowerCase()))
    .map((one) => ({
      label: `#${one.name}`,
      insert: `#${one.name} `,
      token: [`#${one.name}`, `<#${one.id}|${one.name}>`],
      from: caret - found[2].length - 1,
    }));
  return { title: "Channels", offers };
}

function emoji(text, caret) {
  const found = /(^|\s):([a-z0-9_+-]{2,})$/.exec(text.slice(0, caret));
  if (!found) return null;
  const offers = [...EMOJI]
    .filter(([name]) => name.startsWith(found[2]))
    .map(([name, sign]) => ({
      label: `:${name}:`,
      lead: el("span", { class: "emoji" }, sign),
      insert: `:${name}: `,
      from: caret - found[2].length - 1,
    }));
  return { title: "Emoji", offers };
}

export class Completion {
  /** @param {HTMLTextAreaElement} input */
  constructor(input, draft, { commands: withCommands }) {
    Object.assign(this, { input, draft, withCommands, offers: [], active: 0 });
    this.list = el("div", {
      class: "completion-list",
      id: freshId("completion"),
      role: "listbox",
      "aria-label": "Suggestions",
      "data-test": "completion",
    });
    this.hint = el("div", { class: "usage-hint", "data-test": "usage-hint", hidden: true });
    this.node = el("div", { class: "completion" }, this.list, this.hint);
    this.list.hidden = true;
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("blur", () => this.close());
  }

  update() {
    const { value, selectionStart: caret } = this.input;
    const sources = this.withCommands ? [commands, people, channels, emoji] : [people, channels, emoji];
    const found = sources.map((source) => source(value, caret)).find((one) => one && one.offers.length);
    this.showHint(value);
    if (!found) {
      this.close();
      return;
    }
    this.offers = found.offers.slice(0, MOST);
    this.draw(found.title);
    this.point(0);
  }

  /** Once a command is chosen its hint stays in sight while its arguments are typed. */
  showHint(text) {
    const typed = /^(\/\S+)\s/.exec(text)?.[1];
    const known = this.withCommands && state.workspace.commands.find((one) => one.command === typed);
    this.hint.hidden = !known;
    if (known)
      this.hint.replaceChildren(
        el("code", {}, known.command),
        ` ${known.usage_hint ?? ""}`,
        el("span", { class: "quiet" }, known.description ? ` · ${known.description}` : ""),
      );
  }

  draw(title) {
    this.list.hidden = false;
    this.list.replaceChildren(
      el("div", { class: "listbox-group", role: "presentation" }, title),
      ...this.offers.map((offer) => {
        const node = el(
          "div",
          { class: "option", id: freshId("offer"), role: "option", "data-value": offer.insert.trim() },
          offer.lead,
          el(
            "span",
            { class: "option-text" },
            el(
              "span",
              {},
              el("strong", {}, offer.label),
              offer.hint ? el("span", { class: "option-hint" }, ` ${offer.hint}`) : null,
            ),
            offer.detail ? el("span", { class: "option-detail" }, offer.detail) : null,
          ),
        );
        node.addEventListener("mousedown", (event) => {
          event.preventDefault();
          this.take(offer);
        });
        return node;
      }),
    );
  }

  point(index) {
    const options = [...this.list.querySelectorAll(".option")];
    this.active = (index + options.length) % options.length;
    options.forEach((node, at) => {
      node.classList.toggle("active", at === this.active);
      node.setAttribute("aria-selected", String(at === this.active));
    });
    options[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
  }

  close() {
    this.offers = [];
    this.list.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
  }

  take(offer) {
    if (offer.token) this.draft.mentions.set(...offer.token);
    this.input.setRangeText(offer.insert, offer.from, this.input.selectionStart, "end");
    this.close();
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @returns {boolean} whether the key was meant for the list */
  key(event) {
    if (this.offers.length === 0 || event.isComposing) return false;
    const whole = this.offers[this.active].insert.trim() === this.input.value.trim();
    if (event.key === "Enter" && (whole || event.shiftKey)) return false;
    const act = {
      ArrowDown: () => this.point(this.active + 1),
      ArrowUp: () => this.point(this.active - 1),
      Tab: () => this.take(this.offers[this.active]),
      Enter: () => this.take(this.offers[this.active]),
      Escape: () => this.close(),
    }[event.key];
    if (!act) return false;
    event.preventDefault();
    event.stopPropagation();
    act();
    return true;
  }
}
