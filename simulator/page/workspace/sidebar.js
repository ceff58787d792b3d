// The sidebar: the workspace's name, the app, the channels and the direct messages of the person acting.

import { el, fingerprint, reconcile } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { openAppMessages, openChannel, openHome, openPersonal } from "../core/route.js";
import { appConversation, mayUseApp, me, person, shownChannel, state, watch } from "../core/state.js";
import { openMenu } from "../overlay/menu.js";
import { avatar } from "./avatar.js";
import { offersHome } from "./header.js";

function row({ key, test, label, lead, unread: waiting, current, extra, open }) {
  const unread = current ? 0 : waiting;
  const badge = unread
    ? el(
        "span",
        { class: "unread" },
        el("span", { "aria-hidden": "true" }, String(unread)),
        el("span", { class: "sr-only" }, `${unread} unread`),
      )
    : null;
  return {
    key,
    signature: fingerprint([label, unread, current, extra?.className ?? null]),
    render: () =>
      el(
        "li",
        {},
        el(
          "button",
          {
            class: `side-row${current ? " current" : ""}${unread ? " has-unread" : ""}`,
            type: "button",
            "data-test": test,
            "data-focus": key,
            "aria-current": current ? "page" : null,
            on: { click: open },
          },
          lead,
          el("span", { class: "side-label" }, label),
          extra,
          badge,
        ),
      ),
  };
}

function channelRow(one) {
  const shared = one.is_ext_shared
    ? el(
        "span",
        { class: "shared-mark", title: "Shared with another organisation" },
        icon("globe", 14),
        el("span", { class: "sr-only" }, "shared outside"),
      )
    : null;
  return row({
    key: one.id,
    test: `channel:#${one.name}`,
    label: one.name,
    lead: icon(one.is_private ? "lock" : "hash", 16),
    unread: one.unread,
    current: shownChannel() === one.id,
    extra: shared,
    open: () => openChannel(one.id),
  });
}

function dmRow(one) {
  const who = person(one.user) ?? { id: one.user, name: one.name };
  const name = who.real_name || who.name;
  return row({
    key: one.id,
    test: `dm:${name}`,
    label: one.user === state.me ? `${name} (you)` : name,
    lead: avatar(who, "tiny"),
    unread: one.unread,
    current: shownChannel() === one.id,
    open: () => openChannel(one.id),
  });
}

function appRow() {
  const { app, bot_user_id: bot } = state.workspace;
  const talk = appConversation();
  const current = state.place?.kind === "home" || (talk && shownChannel() === talk.id);
  return row({
    key: "app",
    test: "home",
    label: app.name,
    lead: avatar({ id: bot ?? "app", name: app.name, kind: "bot", avatar: person(bot)?.avatar }, "tiny"),
    unread: talk?.unread,
    current,
    open: () => (offersHome() ? openHome() : openAppMessages()),
  });
}

function section(title, list, action = null) {
  return el(
    "section",
    { class: "side-section" },
    el("div", { class: "side-title" }, el("h2", {}, title), action),
    list,
  );
}

function newDm() {
  const button = el(
    "button",
    {
      class: "icon-button on-dark",
      type: "button",
      "aria-label": "Write to someone",
      title: "Write to someone",
      "data-test": "new-dm",
    },
    "+",
  );
  button.addEventListener("click", () =>
    openMenu(
      button,
      state.workspace.people
        .filter((one) => one.kind !== "bot" && one.id !== state.me)
        .map((one) => ({
          label: one.real_name || one.name,
          detail: one.role,
          icon: avatar(one, "small"),
          value: one.id,
          run: () => openPersonal(one.id),
        })),
    ),
  );
  return button;
}

export function drawSidebar(root) {
  const name = el("div", { class: "workspace-name" });
  const [apps, channels, people] = [0, 1, 2].map(() => el("ul", { class: "side-list" }));
  root.replaceChildren(
    name,
    el(
      "div",
      { class: "side-scroll" },
      section("Apps", apps),
      section("Channels", channels),
      section("Direct messages", people, newDm()),
    ),
  );
  const show = () => {
    name.replaceChildren(
      el(
        "span",
        { class: "workspace-title" },
        me()?.team_name ?? state.workspace.team_name ?? "Local workspace",
      ),
    );
    reconcile(apps, mayUseApp() || appConversation() ? [appRow()] : []);
    reconcile(channels, state.conversations.filter((one) => one.kind === "channel").map(channelRow));
    reconcile(
      people,
      state.conversations
        .filter((one) => one.kind === "dm" && one.user !== state.workspace.bot_user_id)
        .map(dmRow),
    );
  };
  watch(["conversations", "place", "workspace", "me"], show);
  show();
}
