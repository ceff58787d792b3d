// Puts a popup next to what it belongs to, above it where there is no room below.

const GAP = 4;
const EDGE = 8;

/** @param {HTMLElement} popup shown, `popover`  @param {HTMLElement} anchor */
export function placeUnder(popup, anchor, { sameWidth = false, alignRight = false } = {}) {
  const box = anchor.getBoundingClientRect();
  if (sameWidth) popup.style.width = `${Math.max(box.width, 200)}px`;
  popup.style.maxHeight = "";
  const most = Number.parseFloat(getComputedStyle(popup).maxHeight) || Infinity;
  const below = window.innerHeight - box.bottom - GAP - EDGE;
  const above = box.top - GAP - EDGE;
  const needed = popup.offsetHeight;
  const under = needed <= below || below >= above;
  popup.style.maxHeight = `${Math.min(most, Math.max(under ? below : above, 80))}px`;
  const height = popup.offsetHeight;
  popup.style.top = `${under ? box.bottom + GAP : box.top - GAP - height}px`;
  const left = alignRight ? box.right - popup.offsetWidth : box.left;
  popup.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - popup.offsetWidth - EDGE))}px`;
}

/** Where popups of this anchor live: inside its dialog, for everything outside of an open dialog is inert. */
export const hostOf = (anchor) => anchor.closest("dialog[open]") ?? document.body;
