// The workspace's clock and the buttons that move it.

import { announce, el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { state, watch } from "../core/state.js";
import { step } from "../core/sync.js";
import { clockTime, fullMoment, longDay, now, shortDay, zone } from "../core/time.js";
import { toast } from "../overlay/toast.js";

const TICK_MS = 1000;

const MOVES = [
  { label: "+1 h", said: "move the clock one hour on", test: "clock-hour", body: { advance_seconds: 3600 } },
  {
    label: "+1 day",
    said: "move the clock one day on",
    test: "clock-day",
    body: { advance_seconds: 86_400 },
  },
  {
    label: "Next 08:00",
    said: "move the clock to eight o'clock on the next working day",
    test: "clock-next",
    body: { to_next: "08:00" },
  },
];

async function move(body) {
  try {
    const told = await step(body);
    if (!told) return;
    announce(`It is now ${longDay(now())}, ${clockTime(now())}.`);
    if (told.late?.length) toast(`Not finished in time: ${told.late.join(", ")}`);
  } catch (error) {
    toast(`The clock did not move: ${error.message}`);
  }
}

/** The face and how it is kept true. */
function clockFace(root) {
  const date = el("span", { class: "clock-date" });
  const time = el("span", { class: "clock-time", "data-test": "clock-time" });
  const face = el("div", { class: "clock-face", "data-test": "clock" }, icon("clock", 16), date, time);
  const show = () => {
    if (!state.clock) return;
    date.textContent = shortDay(now());
    time.textContent = clockTime(now());
    face.title = `${fullMoment(now())}, ${zone()}`;
    root.dataset.now = state.clock.now;
  };
  watch(["clock", "workspace"], show);
  setInterval(show, TICK_MS);
  show();
  return face;
}

const mover = ({ label, said, test, body }) =>
  el(
    "button",
    {
      class: "bar-button",
      type: "button",
      "aria-label": `${label}: ${said}`,
      title: said,
      "data-test": test,
      on: { click: () => move(body) },
    },
    label,
  );

export function clockControl() {
  const root = el("div", {
    class: "clock",
    role: "group",
    "aria-label": "The workspace's clock",
    "data-test": "clock-control",
  });
  const buttons = MOVES.map(mover);
  const busy = el("span", { class: "clock-busy", role: "status" });
  const showBusy = () => {
    root.setAttribute("aria-busy", String(state.stepping));
    busy.textContent = state.stepping ? "Working…" : "";
    buttons.forEach((button) => {
      button.disabled = state.stepping;
    });
  };
  root.append(clockFace(root), ...buttons, busy);
  watch(["stepping"], showBusy);
  showBusy();
  return root;
}
