// The act-as switch: everyone in the workspace with what they are.

import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { actAs } from "../core/route.js";
import { me, state, watch } from "../core/state.js";
import { openMenu } from "../overlay/menu.js";
import { avatar } from "./avatar.js";

/** What the top bar says of somebody: their title, or how far they are from being a colleague. */
function standingOf(one) {
  const apart = one.kind === "guest" || one.kind === "outsider";
  return (apart && KINDS[one.kind]) || one.role || KINDS[one.kind] || "";
}

export const KINDS = { member: "", admin: "Admin", guest: "Guest", outsider: "External" };

const item = (one) => ({
  label: one.real_name || one.name,
  detail: [one.role, one.kind === "outsider" && one.team_name].filter(Boolean).join(", "),
  badge: KINDS[one.kind] ?? one.kind,
  value: one.id,
  test: `act-as:${one.id}`,
  icon: avatar(one, "small"),
  checked: one.id === state.me,
  run: () => actAs(one.id),
});

function choices() {
  const people = state.workspace.people.filter((one) => one.kind !== "bot" && !one.deleted);
  const inside = people.filter((one) => one.kind !== "outsider");
  const outside = people.filter((one) => one.kind === "outsider");
  const external = outside.length
    ? [{ heading: "From outside, over Slack Connect" }, ...outside.map(item)]
    : [];
  return [{ heading: "Act as" }, ...inside.map(item), ...external];
}

export function peopleSwitch() {
  const button = el("button", {
    class: "bar-button act-as",
    type: "button",
    "aria-haspopup": "menu",
    "data-test": "act-as",
  });
  button.addEventListener("click", () => openMenu(button, choices(), { alignRight: true }));
  const show = () => {
    const one = me();
    if (!one) return;
    button.dataset.user = one.id;
    button.replaceChildren(
      el("span", { class: "sr-only" }, "Acting as "),
      avatar(one, "small"),
      el(
        "span",
        { class: "act-as-names" },
        el("span", { class: "act-as-name" }, one.real_name || one.name),
        el("span", { class: "act-as-role" }, standingOf(one)),
      ),
      icon("down", 14),
    );
  };
  watch(["me", "workspace"], show);
  return button;
}
