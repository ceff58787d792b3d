// Where one types: messages, slash commands, mentions, files, and the app's shortcuts.

import { upload } from "../core/api.js";
import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { channel, conversation, mayUseApp, state, titleOf } from "../core/state.js";
import { openMenu } from "../overlay/menu.js";
import { toast } from "../overlay/toast.js";
import { emojiOf } from "../text/emoji.js";
import { Completion } from "./completion.js";
import { draftFor } from "./drafts.js";
import { openEmojiPicker } from "./emoji_picker.js";
import { runShortcut } from "./message_actions.js";
import { send } from "./sending.js";

const MARKS = [
  ["bold", "Bold", "*"],
  ["italic", "Italic", "_"],
  ["strike", "Strikethrough", "~"],
  ["code", "Code", "`"],
];

function insert(input, text) {
  input.focus();
  input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function wrap(input, mark) {
  const { selectionStart: from, selectionEnd: to, value } = input;
  input.setRangeText(`${mark}${value.slice(from, to)}${mark}`, from, to, "preserve");
  input.focus();
  input.setSelectionRange(from + 1, to + 1);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function tool(label, test, name, run) {
  const node = el(
    "button",
    { class: "tool", type: "button", "aria-label": label, title: label, "data-test": test },
    icon(name, 17),
  );
  node.addEventListener("mousedown", (event) => event.preventDefault());
  node.addEventListener("click", () => run(node));
  return node;
}

function shortcutsMenu(node) {
  const shortcuts = state.workspace.shortcuts.filter((one) => one.type === "global");
  const items = shortcuts.map((one) => ({
    label: one.name,
    detail: one.description,
    value: one.callback_id,
    test: `shortcut:${one.callback_id}`,
    icon: icon("bolt", 16),
    run: () => runShortcut(one),
  }));
  openMenu(node, [{ heading: `Shortcuts of ${state.workspace.app.name}` }, ...items]);
}

function showFiles(list, draft, changed) {
  const drop = (file) => {
    draft.files = draft.files.filter((one) => one !== file);
    changed();
  };
  const chip = (file) => {
    const props = {
      class: "chip-drop",
      type: "button",
      "aria-label": `Remove ${file.name}`,
      on: { click: () => drop(file) },
    };
    return el("span", { class: "chip" }, icon("file", 14), file.name, el("button", props, icon("close", 12)));
  };
  list.replaceChildren(...draft.files.map(chip));
}

function attach(draft, changed) {
  const picker = el("input", {
    type: "file",
    multiple: true,
    hidden: true,
    tabindex: "-1",
    "data-test": "attach-input",
  });
  picker.addEventListener("change", async () => {
    for (const file of picker.files) {
      await upload(state.me, file).then(
        (stored) => draft.files.push(stored),
        (error) => toast(error.message),
      );
    }
    picker.value = "";
    changed();
  });
  return picker;
}

/** Grows with its text up to the CSS limit. */
function fit(input) {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
}

function toolbar(input, picker, sender) {
  const app = mayUseApp() && state.workspace.shortcuts.some((one) => one.type === "global");
  const marks = MARKS.map(([name, label, mark]) =>
    tool(label, `mark-${name}`, name, () => wrap(input, mark)),
  );
  return el(
    "div",
    { class: "composer-tools" },
    tool("Attach a file", "attach", "clip", () => picker.click()),
    el("span", { class: "rule" }),
    marks,
    el("span", { class: "rule" }),
    tool("Emoji", "emoji", "smile", (node) => openEmojiPicker(node, (name) => insert(input, emojiOf(name)))),
    tool("Mention someone", "mention", "at", () => insert(input, "@")),
    app ? tool("Shortcuts", "shortcuts", "bolt", shortcutsMenu) : null,
    el("span", { class: "spacer" }),
    sender,
  );
}

const label = (place) => {
  const about = conversation(place.channel) ?? channel(place.channel);
  const where = about?.kind === "dm" || !about ? titleOf(place.channel) : `#${about.name}`;
  return place.thread ? "Reply…" : `Message ${where}`;
};

/** @param {{channel: string, thread: string|null}} place */
class Composer {
  constructor(place) {
    this.place = place;
    this.draft = draftFor(state.me, place);
    this.input = el("textarea", {
      class: "composer-input",
      rows: "1",
      placeholder: label(place),
      "aria-label": label(place),
      "data-test": place.thread ? "thread-composer" : "composer",
      "aria-haspopup": "listbox",
      "aria-autocomplete": "list",
    });
    this.notice = el("div", {
      class: "composer-notice",
      role: "alert",
      hidden: true,
      "data-test": "composer-notice",
    });
    this.chosen = el("div", { class: "chips composer-files" });
    this.completion = new Completion(this.input, this.draft, { commands: !place.thread && mayUseApp() });
    this.sender = el(
      "button",
      { class: "send", type: "button", "aria-label": "Send", "data-test": "send" },
      icon("send", 18),
    );
    this.listen();
    this.node = this.build();
    this.showDraft();
    requestAnimationFrame(() => this.settle());
  }

  build() {
    const picker = attach(this.draft, () => this.showDraft());
    const box = el(
      "div",
      { class: "composer-box" },
      this.input,
      this.chosen,
      toolbar(this.input, picker, this.sender),
      picker,
    );
    return el("div", { class: "composer" }, this.completion.node, this.notice, box);
  }

  listen() {
    this.sender.addEventListener("click", () => this.go());
    this.input.addEventListener("input", () => {
      this.draft.text = this.input.value;
      this.say(null);
      this.showDraft();
      this.completion.update();
    });
    this.input.addEventListener("keydown", (event) => {
      if (this.completion.key(event)) return;
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.go();
    });
  }

  settle() {
    fit(this.input);
    if (this.place.thread || document.activeElement === document.body)
      this.input.focus({ preventScroll: true });
  }

  say(text) {
    this.notice.hidden = !text;
    this.notice.textContent = text ?? "";
  }

  /** Makes what is seen equal to the draft. */
  showDraft() {
    const { draft, input } = this;
    if (input.value !== draft.text) input.value = draft.text;
    showFiles(this.chosen, draft, () => this.showDraft());
    this.sender.disabled = !draft.text.trim() && draft.files.length === 0;
    fit(input);
  }

  async go() {
    this.say(null);
    const sent = send(this.place, this.draft, (text) => this.say(text));
    this.showDraft();
    this.completion.update();
    await sent;
    this.showDraft();
  }
}

export const composer = (place) => new Composer(place).node;
