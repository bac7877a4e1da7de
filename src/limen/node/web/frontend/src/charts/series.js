// Figures over time: {"categories": ["2026-01", ...], "series": [{"name", "values"}], "urls": [...], "stacked", "type",
// "marks": [{"from", "to", "label"}]}. Lines differ by symbol and dashes too, stacked bars by pattern.
import { base, number, tooltip } from "./theme.js";

const SYMBOLS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond"];
const DASHES = ["solid", "dashed", "dotted", [8, 3, 2, 3]];

export function seriesOption(data, theme) {
  const { categories, series, urls = [] } = data;
  const bars = data.type === "bar" || data.stacked;
  const many = series.length > 1;
  return {
    ...base(theme),
    aria: { enabled: bars && many, decal: { show: bars && many }, label: { enabled: false } },
    grid: { left: 8, right: 12, top: many ? 40 : 14, bottom: 4, containLabel: true },
    legend: many ? { top: 0, left: "left", textStyle: { color: theme.ink2 }, icon: bars ? "roundRect" : undefined, itemWidth: 22, itemHeight: 10, type: "plain" } : undefined,
    tooltip: {
      trigger: "axis",
      axisPointer: { type: bars ? "shadow" : "line", lineStyle: { color: theme.ink3 } },
      ...tooltip(theme, (events) => [events[0]?.axisValueLabel, ...events.map(({ seriesName, value }) => (many ? `${seriesName}: ${number(value)}` : number(value)))]),
    },
    xAxis: { type: "category", data: categories, inverse: theme.rtl, boundaryGap: bars, axisLine: { lineStyle: { color: theme.line } }, axisTick: { show: false }, axisLabel: { color: theme.ink3, hideOverlap: true } },
    yAxis: { type: "value", position: theme.rtl ? "right" : "left", minInterval: 1, splitLine: { lineStyle: { color: theme.line } }, axisLabel: { color: theme.ink3, formatter: number } },
    series: series.map(({ name, values }, at) => ({
      name,
      type: bars ? "bar" : "line",
      stack: data.stacked ? "all" : undefined,
      barMaxWidth: 28,
      symbol: SYMBOLS[at % SYMBOLS.length],
      symbolSize: 6,
      showSymbol: categories.length <= 40,
      cursor: urls.length ? "pointer" : "default",
      lineStyle: { width: 2, type: DASHES[at % DASHES.length] },
      areaStyle: !bars && !many ? { opacity: 0.12 } : undefined,
      data: values.map((value, index) => ({ value, url: urls[index] })),
      markArea: at === 0 && data.marks?.length ? {
        silent: true, itemStyle: { color: theme.series[1], opacity: 0.14 }, label: { color: theme.ink2, position: "insideTop" },
        data: data.marks.map(({ from, to, label }) => [{ xAxis: from, name: label }, { xAxis: to }]),
      } : undefined,
    })),
  };
}
