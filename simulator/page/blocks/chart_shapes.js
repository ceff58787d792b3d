// The geometry of charts: axes with round ticks, and bars, lines, areas and slices inside them.

import { svg } from "../core/dom.js";

const WIDTH = 560;
const HEIGHT = 240;
const EDGE = { top: 14, right: 14, bottom: 34, left: 46 };
const short = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });

/** A round step that divides `span` into about five. */
function roundStep(span) {
  const rough = span / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= rough);
}

function scale(chart) {
  const values = chart.series.flatMap((one) => one.data.map((point) => point.value));
  const step = roundStep(Math.max(0, ...values) - Math.min(0, ...values));
  const low = Math.floor(Math.min(0, ...values) / step) * step;
  const high = Math.max(low + step, Math.ceil(Math.max(0, ...values) / step) * step);
  const inner = HEIGHT - EDGE.top - EDGE.bottom;
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) => low + index * step);
  return { ticks, y: (value) => EDGE.top + inner * (1 - (value - low) / (high - low)) };
}

function axisTitles({ x_label: xLabel, y_label: yLabel }, bottom) {
  const middle = EDGE.top + (HEIGHT - EDGE.top - EDGE.bottom) / 2;
  return [
    xLabel &&
      svg(
        "text",
        { class: "axis-title", x: (WIDTH + EDGE.left) / 2, y: bottom + 44, "text-anchor": "middle" },
        xLabel,
      ),
    yLabel &&
      svg(
        "text",
        { class: "axis-title", "text-anchor": "middle", transform: `translate(12 ${middle}) rotate(-90)` },
        yLabel,
      ),
  ];
}

/** Axes, grid and labels, and the functions that place a value. */
export function frame(chart) {
  const { categories } = chart.axis_config;
  const { ticks, y } = scale(chart);
  const left = EDGE.left + (chart.axis_config.y_label ? 14 : 0);
  const band = (WIDTH - left - EDGE.right) / categories.length;
  const bottom = HEIGHT - EDGE.bottom;
  const every = Math.ceil((Math.max(...categories.map((name) => name.length)) * 6.2 + 8) / band);
  const grid = ticks.map((tick) => [
    svg("line", {
      class: tick === 0 ? "axis" : "grid",
      x1: left,
      x2: WIDTH - EDGE.right,
      y1: y(tick),
      y2: y(tick),
    }),
    svg("text", { class: "tick", x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, short.format(tick)),
  ]);
  const names = categories.map((name, index) =>
    index % every
      ? null
      : svg(
          "text",
          { class: "tick", x: left + band * (index + 0.5), y: bottom + 18, "text-anchor": "middle" },
          name,
        ),
  );
  return {
    width: WIDTH,
    height: HEIGHT + (chart.axis_config.x_label ? 20 : 0),
    nodes: [grid, names, axisTitles(chart.axis_config, bottom)],
    y,
    band,
    left,
    x: (index) => left + band * (index + 0.5),
  };
}

/** A series' values in the order of the categories. */
function inOrder(series, chart) {
  const byLabel = new Map(series.data.map((point) => [point.label, point.value]));
  return chart.axis_config.categories.map((name) => byLabel.get(name) ?? 0);
}

const hover = (series, name, value) => svg("title", {}, `${series.name}, ${name}: ${value}`);

export function bars(chart, plot) {
  const gap = Math.min(plot.band * 0.28, 24);
  const width = Math.min((plot.band - gap) / chart.series.length, 56);
  const start = (plot.band - width * chart.series.length) / 2;
  return chart.series.flatMap((series, nth) =>
    inOrder(series, chart).map((value, index) => {
      const top = Math.min(plot.y(value), plot.y(0));
      return svg(
        "rect",
        {
          class: `shape tone-${nth}`,
          x: plot.left + plot.band * index + start + width * nth + 1,
          y: top,
          width: Math.max(width - 2, 1),
          height: Math.max(Math.abs(plot.y(value) - plot.y(0)), 1),
          rx: 3,
        },
        hover(series, chart.axis_config.categories[index], value),
      );
    }),
  );
}

const points = (values, plot) => values.map((value, index) => `${plot.x(index)},${plot.y(value)}`);

function curve(series, nth, chart, plot) {
  const values = inOrder(series, chart);
  return [
    svg("polyline", { class: `stroke tone-${nth}`, points: points(values, plot).join(" ") }),
    values.map((value, index) =>
      svg(
        "circle",
        { class: `dot tone-${nth}`, cx: plot.x(index), cy: plot.y(value), r: 3.5 },
        hover(series, chart.axis_config.categories[index], value),
      ),
    ),
  ];
}

export const lines = (chart, plot) => chart.series.flatMap((series, nth) => curve(series, nth, chart, plot));

export function areas(chart, plot) {
  return chart.series.flatMap((series, nth) => {
    const path = points(inOrder(series, chart), plot);
    const last = chart.axis_config.categories.length - 1;
    const fill = `${plot.x(0)},${plot.y(0)} ${path.join(" ")} ${plot.x(last)},${plot.y(0)}`;
    return [svg("polygon", { class: `area tone-${nth}`, points: fill }), curve(series, nth, chart, plot)];
  });
}

export function pie(segments, total) {
  let turned = -Math.PI / 2;
  const spot = (angle, radius) => `${100 + radius * Math.cos(angle)} ${100 + radius * Math.sin(angle)}`;
  return segments.map((segment, index) => {
    const sweep = Math.min((segment.value / total) * 2 * Math.PI, 2 * Math.PI - 0.0001);
    const [from, to] = [turned, turned + sweep];
    turned = to;
    const large = sweep > Math.PI ? 1 : 0;
    const path = `M${spot(from, 92)} A92 92 0 ${large} 1 ${spot(to, 92)} L${spot(to, 52)} A52 52 0 ${large} 0 ${spot(from, 52)} Z`;
    return svg(
      "path",
      { class: `shape slice tone-${index}`, d: path },
      svg("title", {}, `${segment.label}: ${segment.value}`),
    );
  });
}
