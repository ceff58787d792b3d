// Where a select's choices come from: its own options, the app, or the workspace's people and channels.

import { state } from "../core/state.js";
import { plainText } from "../text/mrkdwn.js";

/**
 * @typedef {{value: string, label: string, detail?: string, raw: any, initials?: boolean}} Choice
 * @typedef {{label: string|null, choices: Choice[]}} ChoiceGroup
 */

/** @returns {Choice} */
export const optionChoice = (option) => ({
  value: option.value,
  label: plainText(option.text),
  detail: option.description ? plainText(option.description) : "",
  raw: option,
});

const grouped = (given) =>
  given.option_groups
    ? given.option_groups.map((group) => ({
        label: plainText(group.label),
        choices: group.options.map(optionChoice),
      }))
    : [{ label: null, choices: (given.options ?? []).map(optionChoice) }];

const matching = (groups, query) => {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return groups;
  const fits = (choice) => `${choice.label} ${choice.detail ?? ""}`.toLowerCase().includes(wanted);
  return groups
    .map((group) => ({ ...group, choices: group.choices.filter(fits) }))
    .filter((group) => group.choices.length > 0);
};

/** @returns {Choice} */
const personChoice = (one) => ({
  value: one.id,
  label: one.real_name || one.name,
  detail: one.kind === "member" ? (one.role ?? "") : one.kind,
  raw: one.id,
});

const channelChoice = (one) => ({
  value: one.id,
  label: `${one.is_private ? "🔒 " : "#"}${one.name}`,
  detail: one.is_ext_shared ? "shared outside" : "",
  raw: one.id,
});

const people = () => state.workspace.people.filter((one) => one.kind !== "bot").map(personChoice);

/** The channels this person can know of: all public ones and those they are in. */
const channels = (allowed = () => true) =>
  state.workspace.channels
    .filter((one) => !one.is_private || one.members?.includes(state.me))
    .filter(allowed)
    .map(channelChoice);

function conversations({ filter = {} }) {
  const wanted = filter.include ?? ["public", "private", "im"];
  const fits = (one) =>
    wanted.includes(one.is_private ? "private" : "public") &&
    !(filter.exclude_external_shared_channels && one.is_ext_shared);
  const groups = [{ label: "Channels", choices: channels(fits) }];
  if (wanted.includes("im")) groups.push({ label: "People", choices: people() });
  return groups.filter((group) => group.choices.length > 0);
}

const SOURCES = {
  static_select: (element, block, surface, query) => matching(grouped(element), query),
  external_select: async (element, block, surface, query) =>
    grouped(await surface.options(block, element, query)),
  users_select: (element, block, surface, query) => matching([{ label: null, choices: people() }], query),
  channels_select: (element, block, surface, query) =>
    matching([{ label: null, choices: channels((one) => !one.is_private) }], query),
  conversations_select: (element, block, surface, query) => matching(conversations(element), query),
};

const kindOf = (element) => element.type.replace(/^multi_/, "");

/** @returns {Promise<ChoiceGroup[]>} what fits the query */
export async function choicesFor(element, block, surface, query) {
  return SOURCES[kindOf(element)](element, block, surface, query);
}

export const isExternal = (element) => kindOf(element) === "external_select";

/** How many characters an external select wants before it asks the app. */
export const minQuery = (element) => (isExternal(element) ? (element.min_query_length ?? 3) : 0);

/** The choice behind a stored value: an option object or an id. @returns {Choice|null} */
export function choiceOf(value) {
  if (!value) return null;
  if (typeof value === "object") return optionChoice(value);
  const one = state.workspace.people.find(({ id }) => id === value);
  if (one) return personChoice(one);
  const found =
    state.workspace.channels.find(({ id }) => id === value) ??
    state.conversations.find(({ id }) => id === value);
  return found ? channelChoice(found) : { value, label: value, raw: value };
}
