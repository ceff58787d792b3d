// A combobox after the ARIA pattern: an input, a list that filters as you type, keyboard and mouse alike.

import { el, freshId } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { placeUnder } from "../overlay/placing.js";

const ASK_AFTER_MS = 180;

/**
 * @typedef {object} ComboboxWants
 * @property {(query: string) => Promise<import("./option_sources.js").ChoiceGroup[]>} load
 * @property {() => string} label  what the input shows at rest
 * @property {(choice: object) => boolean} isPicked
 * @property {(choice: object) => Promise<any>} pick
 * @property {(() => any)|null} [clear]
 * @property {() => any} [backspace]
 * @property {boolean} [multiple]
 * @property {boolean} [remote]
 * @property {number} minQuery
 */
export class Combobox {
  /** @param {ComboboxWants & Record<string, any>} wants */
  constructor(wants) {
    this.wants = wants;
    this.round = 0;
    this.active = -1;
    this.list = el("div", {
      class: "listbox",
      id: freshId("list"),
      role: "listbox",
      "aria-label": wants.placeholder,
      popover: "manual",
      "aria-multiselectable": wants.multiple ? "true" : null,
    });
    this.input = el("input", {
      class: "combo-input",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      "aria-autocomplete": "list",
      "data-action-id": wants.actionId,
      placeholder: wants.placeholder,
      autofocus: wants.autofocus,
    });
    this.input.value = wants.label();
    const clear = wants.clear
      ? el(
          "button",
          { type: "button", class: "combo-clear", "aria-label": "Clear", on: { click: wants.clear } },
          icon("close", 13),
        )
      : null;
    this.node = el("div", { class: "combo" }, wants.before, this.input, clear, icon("down", 15), this.list);
    this.node.classList.toggle("filled", Boolean(this.input.value));
    this.listen();
  }

  listen() {
    this.node.addEventListener("mousedown", (event) => {
      if (event.target.closest("button, .listbox, input")) return;
      event.preventDefault();
      this.input.focus();
      this.open();
    });
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => {
      this.close();
      this.input.value = this.wants.label();
    });
  }

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  get query() {
    return this.input.value === this.wants.label() ? "" : this.input.value;
  }

  open() {
    if (this.isOpen) return;
    this.input.select();
    this.list.showPopover();
    this.input.setAttribute("aria-expanded", "true");
    this.load();
  }

  close() {
    this.round += 1;
    if (this.isOpen) this.list.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Shows the picked label again and closes. */
  settle(label) {
    this.input.value = label;
    this.node.classList.toggle("filled", Boolean(label));
    if (!this.wants.multiple) this.close();
    else if (this.isOpen) this.load();
  }

  search() {
    this.open();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.load(), this.wants.remote ? ASK_AFTER_MS : 0);
  }

  /** Fills the list; an answer to an older question is dropped. */
  async load() {
    this.round += 1;
    const { round, query } = this;
    if (query.length < this.wants.minQuery) {
      this.say(`Type ${this.wants.minQuery} or more characters to search`);
      return;
    }
    if (this.wants.remote) this.say("Searching…");
    try {
      const groups = await this.wants.load(query);
      if (round === this.round) this.show(groups);
    } catch (error) {
      if (round === this.round) this.say(`Could not load choices: ${error.message}`);
    }
  }

  say(text) {
    this.choices = [];
    this.active = -1;
    this.list.replaceChildren(el("div", { class: "listbox-note", role: "status" }, text));
    placeUnder(this.list, this.node, { sameWidth: true });
  }

  show(groups) {
    this.choices = groups.flatMap((group) => group.choices);
    if (this.choices.length === 0) {
      this.say("No results");
      return;
    }
    this.list.replaceChildren(
      ...groups
        .flatMap((group) => [
          group.label ? el("div", { class: "listbox-group", role: "presentation" }, group.label) : null,
          ...group.choices.map((choice) => this.option(choice)),
        ])
        .filter(Boolean),
    );
    placeUnder(this.list, this.node, { sameWidth: true });
    const picked = this.choices.findIndex((choice) => this.wants.isPicked(choice));
    this.point(this.query ? 0 : Math.max(picked, 0));
  }

  option(choice) {
    const picked = this.wants.isPicked(choice);
    const node = el(
      "div",
      {
        class: "option",
        id: freshId("option"),
        role: "option",
        "aria-selected": String(picked),
        "data-value": choice.value,
      },
      el(
        "span",
        { class: "option-text" },
        el("span", {}, choice.label),
        choice.detail ? el("span", { class: "option-detail" }, choice.detail) : null,
      ),
      picked ? icon("check", 15) : null,
    );
    node.addEventListener("mousedown", (event) => event.preventDefault());
    node.addEventListener("click", () => this.take(choice));
    return node;
  }

  point(index) {
    const options = [...this.list.querySelectorAll(".option")];
    options[this.active]?.classList.remove("active");
    this.active = Math.max(0, Math.min(index, options.length - 1));
    const node = options[this.active];
    node?.classList.add("active");
    node?.scrollIntoView({ block: "nearest" });
    if (node) this.input.setAttribute("aria-activedescendant", node.id);
  }

  take(choice) {
    if (this.wants.multiple) this.input.value = "";
    return this.wants.pick(choice);
  }

  key(event) {
    const act = KEYS[event.key];
    if (event.isComposing || !act) return;
    act(this, event);
  }
}

const KEYS = {
  ArrowDown: (box, event) => {
    event.preventDefault();
    if (box.isOpen) box.point(box.active + 1);
    else box.open();
  },
  ArrowUp: (box, event) => {
    event.preventDefault();
    box.point(box.active - 1);
  },
  Enter: (box, event) => {
    event.preventDefault();
    event.stopPropagation();
    if (!box.isOpen) box.open();
    else if (box.choices?.[box.active]) box.take(box.choices[box.active]);
  },
  Escape: (box, event) => {
    if (!box.isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    box.close();
    box.input.value = box.wants.label();
  },
  Backspace: (box) => {
    if (box.input.value === "") box.wants.backspace?.();
  },
};
