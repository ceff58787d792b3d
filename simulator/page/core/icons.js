// Line icons as SVG nodes, drawn on a 20 by 20 grid.

import { svg } from "./dom.js";

const PATHS = {
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13M3 12.5h13",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  home: "M3 9.5 10 3.5l7 6M5 8.5V16.5h3.6v-4.4h2.8v4.4H15V8.5",
  close: "m5 5 10 10M15 5 5 15",
  back: "M12 4.5 6.5 10l5.5 5.5",
  forward: "M8 4.5 13.5 10 8 15.5",
  down: "m5 8 5 5 5-5",
  up: "m5 12 5-5 5 5",
  more: "M10 4.5v.01M10 10v.01M10 15.5v.01",
  reply: "M3.5 4.5h13v9h-7L6 16.5v-3H3.5zM7 8h6M7 10.5h4",
  smile: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M7.5 8v.5M12.5 8v.5M6.8 11.5c1.6 2.4 4.8 2.4 6.4 0",
  bolt: "M11 2.5 4.5 11.5H10l-1 6 6.5-9H10z",
  clip: "m15 9-5.2 5.2a3.3 3.3 0 0 1-4.7-4.7l5.6-5.5a2.2 2.2 0 0 1 3.1 3.1l-5.4 5.4a1.1 1.1 0 0 1-1.6-1.6L11.5 6.5",
  at: "M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6M13 7v4.2c0 2.6 4 2.4 4-1.2a7 7 0 1 0-2.7 5.5",
  slash: "M12.5 4 7.5 16",
  send: "M3 10 17 3.5 12.5 17 9.5 11z",
  clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6v4.3l2.8 1.7",
  people:
    "M7.5 4a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4M2.5 16.5c0-5.5 10-5.5 10 0M13 4.5a2.5 2.5 0 0 1 0 4.7M14.5 11.8c2 .7 3 2.3 3 4.7",
  globe: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M3 10h14M10 3c-4.5 4.6-4.5 9.4 0 14 4.5-4.6 4.5-9.4 0-14",
  eye: "M2.5 10c3.7-6 11.3-6 15 0-3.7 6-11.3 6-15 0M10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4",
  pulse: "M2.5 10.5h3.5l2-6 3.5 11 2.2-5h3.8",
  warn: "M10 3.5 2.5 16.5h15zM10 8.5v3.5M10 14.3v.01",
  info: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 9.2v4.3M10 6.5v.01",
  check: "m4 10.5 4 4 8-9",
  file: "M5 2.5h6.5L15.5 6.5v11H5zM11.5 2.5v4h4",
  calendar: "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5",
  sort: "M7 4v12M4.5 13.5 7 16l2.5-2.5M13 16V4M10.5 6.5 13 4l2.5 2.5",
  bold: "M6 4h5a3 3 0 0 1 0 6H6zM6 10h5.8a3 3 0 0 1 0 6H6z",
  italic: "M8.5 4h6M5.5 16h6M11.5 4l-3 12",
  strike: "M4 10h12M13.5 6.5c-.8-3.2-7-3-7 .2 0 1.3 1 2 2.3 2.5M6.5 13.5c.8 3.2 7 3 7-.2 0-.7-.2-1.2-.6-1.7",
  code: "m7 6-4 4 4 4M13 6l4 4-4 4",
  list: "M8 5.5h9M8 10h9M8 14.5h9M4 5.5v.01M4 10v.01M4 14.5v.01",
  trash: "M4 6h12M8 6V4h4v2M5.5 6l.8 11h7.4l.8-11",
  search: "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M13 13l4 4",
};

/** @param {keyof PATHS} name  decorative: the control around it carries the label */
export function icon(name, size = 18) {
  return svg(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true" },
    svg("path", { d: PATHS[name] }),
  );
}
