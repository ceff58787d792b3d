// The workspace's clock and every way a moment is written. Nothing here asks the machine for the date.

import { state } from "./state.js";

const TICK_LIMIT_MS = 86_400_000;

export const zone = () =>
  state.workspace.zone ?? state.workspace.tz ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Milliseconds since the epoch on the workspace's clock; it runs on between two answers of the server. */
export function now() {
  if (!state.clock) return 0;
  const told = Date.parse(state.clock.now);
  const since = performance.now() - state.clock.heard;
  return state.clock.running === false || since > TICK_LIMIT_MS ? told : told + since;
}

const formats = new Map();

function format(ms, options) {
  const key = `${zone()}${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone(), ...options }));
  return formats.get(key).format(ms);
}

export const millis = (ts) => Math.round(Number.parseFloat(ts) * 1000);
export const clockTime = (ms) => format(ms, { hour: "2-digit", minute: "2-digit" });
export const clockTimeExact = (ms) => format(ms, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
export const dayKey = (ms) => format(ms, { year: "numeric", month: "2-digit", day: "2-digit" });
export const longDay = (ms) =>
  format(ms, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const shortDay = (ms) =>
  format(ms, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
export const fullMoment = (ms) => `${longDay(ms)} at ${clockTimeExact(ms)}`;

const DAY = 86_400_000;

/** "Today", "Yesterday", "Tomorrow" or nothing. */
function nearDay(ms) {
  const names = [
    [0, "Today"],
    [-DAY, "Yesterday"],
    [DAY, "Tomorrow"],
  ];
  return names.find(([shift]) => dayKey(ms) === dayKey(now() + shift))?.[1];
}

export const dividerDay = (ms) =>
  nearDay(ms) ?? format(ms, { weekday: "long", day: "numeric", month: "long" });

/** How long ago, in one unit. */
export function ago(ms) {
  const seconds = Math.round((ms - now()) / 1000);
  if (Math.abs(seconds) < 60) return "just now";
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const units = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ];
  const [unit, size] = units.find(([, least]) => Math.abs(seconds) >= least);
  return relative.format(Math.round(seconds / size), unit);
}

const TOKENS = {
  date_num: (ms) =>
    format(ms, { year: "numeric", month: "2-digit", day: "2-digit" }).split("/").reverse().join("-"),
  date: (ms) => format(ms, { day: "numeric", month: "long", year: "numeric" }),
  date_short: (ms) => format(ms, { day: "numeric", month: "short", year: "numeric" }),
  date_long: longDay,
  date_pretty: (ms) => nearDay(ms)?.toLowerCase() ?? TOKENS.date(ms),
  date_short_pretty: (ms) => nearDay(ms)?.toLowerCase() ?? TOKENS.date_short(ms),
  date_long_pretty: (ms) => nearDay(ms)?.toLowerCase() ?? TOKENS.date_long(ms),
  day_divider_pretty: (ms) => dividerDay(ms),
  time: clockTime,
  time_secs: clockTimeExact,
  ago,
};

/** Fills Slack's date tokens: "{date_short} at {time}". Unknown tokens stay as they are. */
export function fillDate(seconds, pattern) {
  const ms = seconds * 1000;
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => TOKENS[name]?.(ms) ?? whole);
}

/** Wall-clock parts in the workspace's zone, as `<input type=datetime-local>` writes them. */
export function toLocalInput(seconds) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone(),
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    })
      .formatToParts(seconds * 1000)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The reverse: Unix seconds of a wall-clock moment in the workspace's zone. Two rounds settle a clock change. */
export function fromLocalInput(text) {
  const wanted = Date.parse(`${text}:00Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    guess += wanted - Date.parse(`${toLocalInput(guess / 1000)}:00Z`);
  }
  return Math.round(guess / 1000);
}
