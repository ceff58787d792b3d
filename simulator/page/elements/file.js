// The file input: uploads at once, keeps Slack's file objects.

import { upload } from "../core/api.js";
import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { state } from "../core/state.js";
import { toast } from "../overlay/toast.js";

const MAX_FILES = 10;

function row(file, drop) {
  const label = `Remove ${file.name}`;
  const cross = el(
    "button",
    { class: "icon-button", type: "button", "aria-label": label, on: { click: drop } },
    icon("close", 14),
  );
  return el("li", {}, icon("file", 16), file.name ?? file.id, cross);
}

/** Uploads one after the other; those that arrived stay when a later one fails. */
async function uploadAll(files, keep) {
  try {
    for (const file of files) keep(await upload(state.me, file));
  } catch (error) {
    toast(error.message);
  }
}

export function fileInput(element, block, surface) {
  const most = element.max_files ?? MAX_FILES;
  const list = el("ul", { class: "files-picked" });
  const input = el("input", {
    type: "file",
    "data-action-id": element.action_id,
    multiple: most > 1,
    accept: element.filetypes?.map((type) => `.${type}`).join(","),
  });
  const read = () => surface.form.read(block, element) ?? [];
  const keep = (files) => {
    surface.form.write(block, element, files);
    list.replaceChildren(
      ...files.map((file) => row(file, () => keep(read().filter((one) => one.id !== file.id)))),
    );
  };
  input.addEventListener("change", async () => {
    list.setAttribute("aria-busy", "true");
    await uploadAll([...input.files].slice(0, most - read().length), (stored) => keep([...read(), stored]));
    input.value = "";
    list.removeAttribute("aria-busy");
  });
  if (read().length) keep(read());
  return el("div", { class: "file-input" }, input, list);
}
