// The modal: the top view of the person's stack, in the browser's own dialog, which traps and returns the focus.

import { renderBlocks } from "../blocks/index.js";
import { markProblems } from "../blocks/input.js";
import { post } from "../core/api.js";
import { problemsOf } from "../core/checks.js";
import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { state, watch } from "../core/state.js";
import { forgetForm, formFor, viewSurface } from "../core/surface.js";
import { refresh } from "../core/sync.js";
import { plainText } from "../text/mrkdwn.js";
import { modalFrame } from "./modal_frame.js";
import { toast } from "./toast.js";
import { avatar } from "../workspace/avatar.js";

const UNSURE = "We had some trouble connecting. Try again?";

/** What is on show: the dialog, the view in it, and the problems by block id. */
const shown = { dialog: null, view: null, errors: {}, busy: false, dismissed: null };

function open() {
  Object.assign(shown, modalFrame({ submit, closeTop, closeAll }));
  document.body.append(shown.dialog);
  shown.dialog.showModal();
}

function drawFooter(view) {
  const closer = el(
    "button",
    {
      class: "button default",
      type: "button",
      "data-test": "modal-close",
      "data-focus": "modal-close",
      on: { click: closeTop },
    },
    plainText(view.close) || (state.views.views.length > 1 ? "Back" : "Close"),
  );
  const sender = view.submit
    ? el(
        "button",
        {
          class: "button primary",
          type: "submit",
          "data-test": "modal-submit",
          "data-focus": "modal-submit",
          disabled: view.submit_disabled,
          "aria-busy": shown.busy ? "true" : null,
        },
        plainText(view.submit),
      )
    : null;
  shown.parts.footer.replaceChildren(closer, sender ?? "");
}

const hasField = (root) => root.querySelector("input, textarea") !== null;

function draw(view) {
  const { parts, dialog } = shown;
  const isOther = shown.view?.id !== view.id;
  if (isOther) Object.assign(shown, { errors: {}, busy: false });
  const layout = JSON.stringify([
    view.title,
    view.submit,
    view.close,
    view.submit_disabled,
    shown.busy,
    state.views.views.length,
  ]);
  shown.view = view;
  dialog.dataset.viewId = view.id;
  dialog.dataset.callbackId = view.callback_id ?? "";
  const failure = state.views.error;
  parts.banner.hidden = !failure;
  parts.banner.replaceChildren(icon("warn", 17), failure === true ? UNSURE : (failure ?? ""));
  const surface = viewSurface(view);
  surface.form.heard = (block) => settle(view, block);
  const wasEmpty = !hasField(parts.blocks);
  renderBlocks(parts.blocks, view.blocks, surface);
  markProblems(parts.blocks, shown.errors);
  if (isOther || (wasEmpty && hasField(parts.blocks))) queueMicrotask(focusFirst);
  if (dialog.dataset.layout === layout && !isOther) return;
  dialog.dataset.layout = layout;
  parts.title.textContent = plainText(view.title);
  parts.mark.replaceChildren(
    avatar(
      { id: state.workspace.bot_user_id ?? "app", name: state.workspace.app.name, kind: "bot" },
      "small",
    ),
  );
  parts.back.hidden = state.views.views.length < 2;
  drawFooter(view);
}

/** A field that was changed is no longer wrong until the next submission says so. */
function settle(view, block) {
  if (shown.view?.id !== view.id || !(block.block_id in shown.errors)) return;
  delete shown.errors[block.block_id];
  markProblems(shown.parts.blocks, shown.errors);
}

/** Also when a view that was loading gets its fields. */
function focusFirst() {
  const { parts } = shown;
  if (!shown.dialog) return;
  parts.blocks.parentElement.scrollTop = 0;
  const wanted =
    parts.blocks.querySelector("[autofocus]") ??
    parts.blocks.querySelector("input:not([type=file]), textarea") ??
    parts.footer.querySelector("[data-test=modal-submit]") ??
    parts.footer.firstElementChild;
  wanted?.focus({ preventScroll: true });
}

function hide() {
  if (!shown.dialog) return;
  const { dialog } = shown;
  Object.assign(shown, { dialog: null, view: null, errors: {}, busy: false });
  dialog.close();
  dialog.remove();
}

/** Forms of views that are gone are forgotten; those under the top one stay. */
let known = [];

function show() {
  const views = state.views.views ?? [];
  const ids = views.map((view) => view.id);
  known.filter((id) => !ids.includes(id)).forEach(forgetForm);
  known = ids;
  const view = views.at(-1);
  if (!view) {
    hide();
    tellOutside();
    return;
  }
  if (!shown.dialog) open();
  draw(view);
}

/** With no modal open Slack says it over the page, once. */
function tellOutside() {
  const { error } = state.views;
  if (error && error !== shown.dismissed && state.place?.kind !== "home")
    toast(error === true ? UNSURE : error);
  shown.dismissed = error;
}

/** @param {{one?: boolean}} how  `one` closes the top view, else the whole stack goes */
async function close(how) {
  try {
    await post("close", { as: state.me, view_id: shown.view.id, ...how });
  } catch (error) {
    toast(error.message);
  }
  await refresh();
}

const closeTop = () => close({ one: true });
const closeAll = () => close({});

function point(errors) {
  shown.errors = { ...errors };
  markProblems(shown.parts.blocks, shown.errors);
  const first = shown.parts.blocks.querySelector(".invalid");
  first?.scrollIntoView({ block: "nearest" });
  first?.querySelector("input, textarea")?.focus({ preventScroll: true });
}

async function submit() {
  const { view } = shown;
  if (shown.busy || !view.submit || view.submit_disabled) return;
  const form = formFor(view.id, view.state?.values);
  const problems = problemsOf(view.blocks, form);
  point(problems);
  if (Object.keys(problems).length) return;
  busy(true);
  try {
    const told = await post("submit", { as: state.me, view_id: view.id, values: form.values(view.blocks) });
    if (told.errors && shown.view?.id === view.id) point(told.errors);
  } catch (error) {
    toast(error.message);
  } finally {
    if (shown.view?.id === view.id) busy(false);
  }
  await refresh();
}

function busy(on) {
  shown.busy = on;
  const sender = shown.parts.footer.querySelector("[data-test=modal-submit]");
  if (on) sender?.setAttribute("aria-busy", "true");
  else sender?.removeAttribute("aria-busy");
}

export function watchModals() {
  watch(["views", "me", "workspace"], show);
}
