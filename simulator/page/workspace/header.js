// The head of a conversation or of the app: name, who is in it, whether outsiders are.

import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { openAppMessages, openHome } from "../core/route.js";
import {
  appConversation,
  channel,
  conversation,
  mayUseApp,
  person,
  shownChannel,
  state,
  titleOf,
} from "../core/state.js";
import { openPopup } from "../overlay/menu.js";
import { withEmoji } from "../text/emoji.js";
import { avatar } from "./avatar.js";
import { KINDS } from "./people.js";

const STACK = 3;

function memberList(people) {
  return el(
    "div",
    { class: "menu members", role: "dialog", "aria-label": "Members" },
    el("div", { class: "menu-heading" }, `${people.length} members`),
    people.map((one) =>
      el(
        "div",
        { class: "member-row" },
        avatar(one, "small"),
        el(
          "span",
          { class: "menu-text" },
          el("span", {}, one.real_name || one.name),
          el("span", { class: "menu-detail" }, one.role ?? ""),
        ),
        one.kind === "bot"
          ? el("span", { class: "badge app" }, "APP")
          : KINDS[one.kind]
            ? el("span", { class: "badge" }, KINDS[one.kind])
            : null,
      ),
    ),
  );
}

function members(id) {
  const people = (channel(id)?.members ?? []).map((user) => person(user) ?? { id: user, name: user });
  if (people.length === 0) return null;
  const button = el(
    "button",
    {
      class: "members-button",
      type: "button",
      "aria-haspopup": "dialog",
      "data-test": "members",
    },
    el(
      "span",
      { class: "avatar-stack" },
      people.slice(0, STACK).map((one) => avatar(one, "tiny")),
    ),
    String(people.length),
    el("span", { class: "sr-only" }, " members"),
  );
  button.addEventListener("click", () => openPopup(button, memberList(people), { alignRight: true }));
  return button;
}

export const offersHome = () => state.workspace.app.home !== false && mayUseApp();

function tabs() {
  const home = state.place?.kind === "home";
  const tab = (label, test, current, open) =>
    el(
      "button",
      {
        class: "tab",
        type: "button",
        role: "tab",
        "aria-selected": String(current),
        "data-test": test,
        on: { click: open },
      },
      label,
    );
  return el(
    "div",
    { class: "tabs", role: "tablist", "aria-label": state.workspace.app.name },
    offersHome() ? tab("Home", "tab-home", home, () => openHome()) : null,
    tab("Messages", "tab-messages", !home, () => openAppMessages()),
  );
}

function appHeader() {
  const { app, bot_user_id: bot } = state.workspace;
  return [
    el(
      "div",
      { class: "head-row" },
      avatar({ id: bot ?? "app", name: app.name, kind: "bot", avatar: person(bot)?.avatar }, "small"),
      el("h1", { "data-test": "place" }, app.name),
      el("span", { class: "badge app" }, "APP"),
    ),
    tabs(),
  ];
}

const topic = (id) =>
  channel(id)?.topic ? el("span", { class: "head-detail topic" }, withEmoji(channel(id).topic)) : null;

function external(about) {
  if (!about?.is_ext_shared) return null;
  const title = "People of other organisations read this channel";
  return el(
    "span",
    { class: "badge external", "data-test": "external", title },
    icon("globe", 13),
    "External",
  );
}

const row = (...nodes) => [el("div", { class: "head-row" }, nodes)];
const placeName = (id) => el("h1", { "data-test": "place" }, titleOf(id));

export function headerNodes() {
  const id = shownChannel();
  if (state.place?.kind === "home" || (id && id === appConversation()?.id)) return appHeader();
  if (!id) return [];
  const about = conversation(id) ?? channel(id);
  if (about?.kind === "dm")
    return row(avatar(person(about.user) ?? { id: about.user }, "small"), placeName(id));
  const lead = icon(about?.is_private ? "lock" : "hash", 19);
  return row(lead, placeName(id), external(about), topic(id), el("span", { class: "spacer" }), members(id));
}
