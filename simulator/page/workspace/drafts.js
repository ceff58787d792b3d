// What is being typed, by person and place, so that looking elsewhere loses nothing.

const drafts = new Map();

/** @returns {{text: string, files: object[], mentions: Map<string, string>}} mentions: the typed "@Name" to its token */
export function draftFor(person, { channel, thread }) {
  const key = `${person}/${channel}/${thread ?? ""}`;
  if (!drafts.has(key)) drafts.set(key, { text: "", files: [], mentions: new Map() });
  return drafts.get(key);
}
