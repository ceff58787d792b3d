// Sends a draft. What could not be sent comes back into the composer with the reason.

import { post } from "../core/api.js";
import { state } from "../core/state.js";
import { refresh } from "../core/sync.js";

/** Names that were picked from the list become the tokens they stand for. */
function tokens(draft) {
  const picked = [...draft.mentions].sort(([one], [other]) => other.length - one.length);
  return picked.reduce((text, [typed, token]) => text.replaceAll(typed, token), draft.text.trim());
}

/** @param {(text: string|null) => void} say shows a notice over the composer */
export async function send(place, draft, say) {
  const text = tokens(draft);
  if (!text && draft.files.length === 0) return;
  const kept = { text: draft.text, files: draft.files, mentions: draft.mentions };
  Object.assign(draft, { text: "", files: [], mentions: new Map() });
  const body = { as: state.me, channel: place.channel, text };
  if (place.thread) body.thread_ts = place.thread;
  if (kept.files.length) body.files = kept.files.map((file) => file.id);
  try {
    const told = await post("act", body);
    if (told.error) throw new Error(told.detail ?? told.error);
  } catch (error) {
    if (!draft.text) Object.assign(draft, kept);
    say(text.startsWith("/") ? error.message : `The message was not sent: ${error.message}`);
  }
  await refresh();
}
