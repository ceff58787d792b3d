// What the page knows: one object, changed only by `put`, watched by key.

/**
 * @typedef {{kind: "channel", id: string} | {kind: "home"}} Place
 */

export const state = {
  workspace: { people: [], channels: [], commands: [], shortcuts: [], app: { name: "App", home: false } },
  me: null,
  /** @type {Place|null} */
  place: null,
  thread: null,
  panel: null,
  conversations: [],
  messages: [],
  refusal: null,
  replies: [],
  views: { views: [], home: null, error: null },
  clock: null,
  stepping: false,
  offline: false,
  deliveries: [],
  problems: [],
};

const watchers = [];
let changed = new Set();

/** @param {string[]} keys  @param {() => void} listener called once per turn in which one of them changed */
export function watch(keys, listener) {
  watchers.push({ keys, listener });
}

function tell() {
  const now = changed;
  changed = new Set();
  for (const { keys, listener } of watchers) {
    if (keys.some((key) => now.has(key))) listener();
  }
}

/** Takes over what is different; equal values wake nobody. */
export function put(patch) {
  for (const [key, value] of Object.entries(patch)) {
    if (JSON.stringify(state[key]) === JSON.stringify(value)) continue;
    state[key] = value;
    if (changed.size === 0) queueMicrotask(tell);
    changed.add(key);
  }
}

export const person = (id) => state.workspace.people.find((one) => one.id === id);
export const me = () => person(state.me);
export const channel = (id) => state.workspace.channels.find((one) => one.id === id);
export const conversation = (id) => state.conversations.find((one) => one.id === id);

/** The direct conversation with the app, once it exists. */
export const appConversation = () =>
  state.conversations.find((one) => one.kind === "dm" && one.user === state.workspace.bot_user_id);

/** The conversation whose messages are on show, if any. */
export const shownChannel = () => (state.place?.kind === "channel" ? state.place.id : null);

/** Slack offers an app's commands and shortcuts only to people of a workspace that has it. */
export const mayUseApp = () => !["outsider", "stranger"].includes(me()?.kind);

export function nameOf(id) {
  const found = person(id);
  return found?.real_name || found?.name || id;
}

export function titleOf(conversationId) {
  const found = conversation(conversationId) ?? channel(conversationId);
  if (found?.kind === "dm") return nameOf(found.user);
  return found?.name ?? conversationId;
}
