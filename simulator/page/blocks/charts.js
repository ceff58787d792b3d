// data_visualization: the frame, the legend and the words of a chart; the shapes come from chart_shapes.js.

import { el, svg } from "../core/dom.js";
import { areas, bars, frame, lines, pie } from "./chart_shapes.js";

const AXIS_SHAPES = { bar: bars, line: lines, area: areas };
const figure = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

/** The chart's facts in one sentence per series, for people who do not see it. */
function words(block) {
  const { chart } = block;
  if (chart.type === "pie")
    return `${block.title}. ${chart.segments.map((one) => `${one.label}: ${figure.format(one.value)}`).join(", ")}.`;
  const series = chart.series.map(
    (one) =>
      `${one.name}: ${one.data.map((point) => `${point.label} ${figure.format(point.value)}`).join(", ")}.`,
  );
  return `${block.title}. ${series.join(" ")}`;
}

function legend(names) {
  return el(
    "ul",
    { class: "legend" },
    names.map((name, index) => el("li", {}, el("span", { class: `swatch tone-${index}` }), name)),
  );
}

function draw(block) {
  const { chart } = block;
  const said = { role: "img", "aria-label": words(block) };
  if (chart.type === "pie") {
    const total = chart.segments.reduce((sum, one) => sum + one.value, 0);
    const names = chart.segments.map(
      (one) => `${one.label} · ${figure.format(one.value)} (${Math.round((100 * one.value) / total)} %)`,
    );
    return [
      svg("svg", { viewBox: "0 0 200 200", class: "chart-svg pie", ...said }, pie(chart.segments, total)),
      legend(names),
    ];
  }
  const plot = frame(chart);
  return [
    svg(
      "svg",
      { viewBox: `0 0 ${plot.width} ${plot.height}`, class: "chart-svg", ...said },
      plot.nodes,
      AXIS_SHAPES[chart.type](chart, plot),
    ),
    chart.series.length > 1 ? legend(chart.series.map((one) => one.name)) : null,
  ];
}

export function chartBlock(block) {
  const known = block.chart?.type === "pie" || AXIS_SHAPES[block.chart?.type];
  if (!known)
    return el("div", { class: "unknown-block" }, `This chart cannot be shown here: ${block.chart?.type}`);
  return el(
    "figure",
    { class: `chart chart-${block.chart.type}` },
    el("figcaption", {}, block.title),
    draw(block),
  );
}
