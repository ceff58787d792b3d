// The file input: uploads at once, keeps Slack's file objects.

import { upload } from "../core/api.js";
import { el } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { state } from "../core/state.js";
import { toast } from "../overlay/toast.js";

const MAX_FILES = 10;

export function fileInput(element, block, surface) {
  const most = element.max_files ?? MAX_FILES;
  const accept = element.filetypes?.map((type) => `.${type}`).join(",");
  const list = el("ul", { class: "files-picked" });
  const input = el("input", { type: "file", "data-action-id": element.action_id, multiple: most > 1, accept });
  const read = () => surface.form.read(block, element) ?? [];
  const show = () => list.replaceChildren(...read().map((file) => el("li", {}, icon("file", 16), file.name ?? file.id,
    el("button", { class: "icon-button", type: "button", "aria-label": `Remove ${file.name}`, on: { click: () => drop(file) } }, icon("close", 14)))));
  const drop = (file) => {
    surface.form.write(block, element, read().filter((one) => one.id !== file.id));
    show();
  };
  input.addEventListener("change", async () => {
    list.setAttribute("aria-busy", "true");
    try {
      for (const file of [...input.files].slice(0, most - read().length)) {
        const stored = await upload(state.me, file);
        surface.form.write(block, element, [...read(), stored]);
      }
    } catch (error) {
      toast(error.message);
    }
    input.value = "";
    list.removeAttribute("aria-busy");
    show();
  });
  show();
  return el("div", { class: "file-input" }, input, list);
}
