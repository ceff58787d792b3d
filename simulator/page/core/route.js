// Who, where and which thread, kept in the address so that any view can be opened directly.

import { post } from "./api.js";
import { appConversation, conversation, mayUseApp, put, shownChannel, state } from "./state.js";
import { listen, refresh } from "./sync.js";

/** Writes `?as=…&channel=…&thread=…`; the Home is `home=1`. */
function write({ push = false } = {}) {
  const query = new URLSearchParams({ as: state.me });
  if (state.place?.kind === "home") query.set("home", "1");
  else if (state.place) query.set("channel", state.place.id);
  if (state.thread) query.set("thread", state.thread);
  window.history[push ? "pushState" : "replaceState"](null, "", `?${query}`);
}

/** @returns {{as: string|null, channel: string|null, thread: string|null, home: boolean}} */
export function read() {
  const query = new URLSearchParams(window.location.search);
  return {
    as: query.get("as"),
    channel: query.get("channel"),
    thread: query.get("thread"),
    home: query.has("home"),
  };
}

let visit = 0; // counts the places gone to, so that a slow way there does not undo a later one

export async function openChannel(id, { thread = null, push = true } = {}) {
  visit += 1;
  put({
    place: { kind: "channel", id },
    thread,
    messages: [],
    replies: [],
    refusal: null,
    panel: thread ? "thread" : keptPanel(),
  });
  write({ push });
  await refresh(["messages", "thread"]);
  await refresh(["conversations"]);
}

const keptPanel = () => (state.panel === "inspector" ? "inspector" : null);

/** Opens the app's Home; tells the app so, which is when it draws. */
export async function openHome({ push = true } = {}) {
  visit += 1;
  put({ place: { kind: "home" }, thread: null, panel: keptPanel(), messages: [], replies: [] });
  write({ push });
  await post("home", { as: state.me, tab: "home" });
  await refresh();
}

/** The Messages tab of the app: its direct conversation, made on first use. */
export async function openAppMessages() {
  const known =
    appConversation()?.id ?? (await post("dm", { as: state.me, user: state.workspace.bot_user_id })).channel;
  const id = typeof known === "string" ? known : known.id;
  await refresh(["conversations"]);
  await openChannel(id);
}

export async function openPersonal(user) {
  const { channel } = await post("dm", { as: state.me, user });
  await refresh(["conversations"]);
  await openChannel(typeof channel === "string" ? channel : channel.id);
}

export async function openThread(ts) {
  put({ thread: ts, panel: "thread", replies: [] });
  write();
  await refresh(["thread"]);
}

export function closePanel() {
  put({ thread: null, panel: null });
  write();
}

export function toggleInspector() {
  put({ panel: state.panel === "inspector" ? null : "inspector", thread: null });
  write();
  return refresh(["inspector"]);
}

/** Where to be as this person: the place asked for, else the same place if they have it, else their first one. */
function placeFor(asked) {
  const before = shownChannel();
  if (asked) return state.conversations.find((one) => one.name === asked)?.id ?? asked;
  if (before && conversation(before)) return before;
  const first = state.conversations.find((one) => one.kind === "channel") ?? state.conversations[0];
  return first?.id ?? null;
}

/** Acts as someone else; stays in the same place where that person has it too. */
export async function actAs(id, { channel = null, thread = null, home = false } = {}) {
  const wasHome = state.place?.kind === "home" && !channel;
  const before = (visit += 1);
  put({
    me: id,
    conversations: [],
    messages: [],
    replies: [],
    views: { views: [], home: null, error: null },
  });
  listen();
  await refresh(["conversations", "views"]);
  if (visit !== before) return undefined;
  if (mayUseApp() && (home || wasHome)) return openHome({ push: false });
  const place = placeFor(channel);
  return place ? openChannel(place, { thread, push: false }) : write();
}

/** Follows the browser's back and forward buttons. */
export function follow() {
  window.addEventListener("popstate", () => {
    const { as, channel, thread, home } = read();
    if (as && as !== state.me) actAs(as, { channel, thread, home });
    else if (home) openHome({ push: false });
    else if (channel) openChannel(channel, { thread, push: false });
  });
}
