// Select menus, single and multi, of every source: a combobox with search as you type.

import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { plainText } from "../text/mrkdwn.js";
import { changed } from "./changing.js";
import { Combobox } from "./combobox.js";
import { choiceOf, choicesFor, isExternal, minQuery } from "./option_sources.js";

const PLACEHOLDERS = {
  users_select: "Select a person",
  channels_select: "Select a channel",
  conversations_select: "Select a conversation",
};

function combobox(element, block, surface, extra) {
  return new Combobox({
    actionId: element.action_id,
    placeholder:
      plainText(element.placeholder) ||
      PLACEHOLDERS[element.type.replace(/^multi_/, "")] ||
      "Select an option",
    minQuery: minQuery(element),
    remote: isExternal(element),
    autofocus: element.focus_on_load,
    load: (query) => choicesFor(element, block, surface, query),
    ...extra,
  });
}

export function singleSelect(element, block, surface) {
  const read = () => choiceOf(surface.form.read(block, element));
  const set = async (choice) => {
    const done = await changed(block, element, surface, choice?.raw ?? null);
    box.settle(read()?.label ?? "");
    return done;
  };
  const box = combobox(element, block, surface, {
    label: () => read()?.label ?? "",
    isPicked: (choice) => read()?.value === choice.value,
    pick: set,
    clear: block.optional ? () => set(null) : null,
  });
  return box.node;
}

function chip(choice, drop) {
  return el(
    "span",
    { class: "chip", "data-value": choice.value },
    choice.label,
    el(
      "button",
      { type: "button", class: "chip-drop", "aria-label": `Remove ${choice.label}`, on: { click: drop } },
      icon("close", 12),
    ),
  );
}

export function multiSelect(element, block, surface) {
  const read = () => (surface.form.read(block, element) ?? []).map(choiceOf);
  const chips = el("span", { class: "chips" });
  const set = async (choices) => {
    await changed(
      block,
      element,
      surface,
      choices.map((choice) => choice.raw),
    );
    show();
    box.settle("");
  };
  const drop = (choice) => set(read().filter((one) => one.value !== choice.value));
  const show = () => {
    chips.replaceChildren(...read().map((choice) => chip(choice, () => drop(choice))));
    box.node.classList.toggle("has-chips", read().length > 0);
  };
  const toggle = (choice) => {
    if (read().some((one) => one.value === choice.value)) return drop(choice);
    if (read().length >= (element.max_selected_items ?? Infinity)) return Promise.resolve();
    return set([...read(), choice]);
  };
  const box = combobox(element, block, surface, {
    multiple: true,
    before: chips,
    label: () => "",
    isPicked: (choice) => read().some((one) => one.value === choice.value),
    pick: toggle,
    backspace: () => read().length && drop(read().at(-1)),
  });
  show();
  return box.node;
}
