// Keeps the state true: reads again what is on show after every change the workspace tells of.

import { get, post } from "./api.js";
import { put, shownChannel, state } from "./state.js";

const SETTLE_MS = 25;

async function readMessages() {
  const [channel, person] = [shownChannel(), state.me];
  if (!channel) return {};
  try {
    const { messages } = await get("seen", { as: person, channel });
    return same(channel, person) ? { messages, refusal: null } : {};
  } catch (error) {
    return same(channel, person) ? { messages: [], refusal: error.code } : {};
  }
}

const same = (channel, person) => channel === shownChannel() && person === state.me;

async function readThread() {
  const [channel, ts, person] = [shownChannel(), state.thread, state.me];
  if (!channel || !ts) return { replies: [] };
  const { messages } = await get("seen", { as: person, channel, thread_ts: ts }).catch(() => ({
    messages: [],
  }));
  return ts === state.thread && same(channel, person) ? { replies: messages } : {};
}

const ownAnswer = (path, keep) => async () => {
  const person = state.me;
  const body = await get(path, { as: person });
  return person === state.me ? keep(body) : {};
};

/** @param {{now: string, running?: boolean}} told */
export const heardClock = (told) => ({ clock: { ...told, heard: performance.now() } });

async function readInspector() {
  if (state.panel !== "inspector") return {};
  const [sent, refused] = await Promise.all([get("deliveries"), get("problems")]);
  return { deliveries: sent.deliveries ?? sent, problems: refused.problems ?? refused };
}

const READERS = {
  conversations: ownAnswer("conversations", ({ channels }) => ({ conversations: channels })),
  messages: readMessages,
  thread: readThread,
  views: ownAnswer("views", (views) => ({ views })),
  clock: async () => heardClock(await get("clock")),
  inspector: readInspector,
  workspace: async () => ({ workspace: await get("state") }),
};

/** What has to be read again after a change of a kind; a kind not named here means everything but the workspace itself. */
const CONCERNS = {
  messages: ["messages", "thread", "conversations", "views", "clock", "inspector"],
  views: ["views", "inspector"],
  home: ["views", "inspector"],
  clock: ["clock"],
  deliveries: ["inspector"],
  problems: ["inspector"],
  channels: ["workspace", "conversations", "messages"],
  people: ["workspace", "conversations", "messages"],
};
const USUAL = ["conversations", "messages", "thread", "views", "clock", "inspector"];

let wanted = new Set();
let running = null;

async function run() {
  await new Promise((resolve) => {
    setTimeout(resolve, SETTLE_MS);
  });
  while (wanted.size > 0) {
    const now = [...wanted];
    wanted = new Set();
    const results = await Promise.allSettled(now.map((name) => READERS[name]()));
    const offline = results.some((one) => one.status === "rejected" && one.reason?.code === "unreachable");
    put(
      Object.assign(
        { offline },
        ...results.filter((one) => one.status === "fulfilled").map((one) => one.value),
      ),
    );
  }
  running = null;
}

/** Reads again; many calls at once become one round. @returns {Promise<void>} when the state is true again */
export function refresh(names = USUAL) {
  names.forEach((name) => wanted.add(name));
  running ??= run();
  return running;
}

let stream = null;

/** Listens to the workspace as the person acting now. */
export function listen() {
  stream?.close();
  stream = new EventSource(`/_demo/events?as=${encodeURIComponent(state.me)}`);
  stream.addEventListener("open", () => (state.offline ? window.location.reload() : refresh()));
  stream.addEventListener("error", () => refresh(["clock"]));
  stream.addEventListener("message", ({ data }) => {
    const change = JSON.parse(data);
    refresh(CONCERNS[change.kind] ?? USUAL);
  });
}

/** Moves the clock: `{advance_seconds}` or `{to_next}`. Answers when all that was due has happened. */
export async function step(body) {
  if (state.stepping) return null;
  put({ stepping: true });
  try {
    const told = await post("clock", body);
    await refresh(["clock", ...USUAL]);
    return told;
  } finally {
    put({ stepping: false });
  }
}
