// A ranking: {"items": [{"label", "value", "url"}]}, the largest first, as horizontal bars with their figures.
import { base, number, tooltip } from "./theme.js";

export function barOption(data, theme) {
  const { items } = data;
  return {
    ...base(theme),
    grid: { left: 4, right: 44, top: 4, bottom: 4, containLabel: true, ...(theme.rtl ? { left: 44, right: 4 } : {}) },
    tooltip: { trigger: "item", ...tooltip(theme, ({ name, value }) => [name, number(value)]) },
    xAxis: { type: "value", inverse: theme.rtl, show: false },
    yAxis: {
      type: "category", inverse: true, position: theme.rtl ? "right" : "left", data: items.map(({ label }) => label), axisTick: { show: false }, axisLine: { lineStyle: { color: theme.line } },
      axisLabel: { color: theme.ink, width: 150, overflow: "truncate", fontSize: 12.5 },
    },
    series: [{
      type: "bar", barMaxWidth: 18, itemStyle: { borderRadius: 3 }, cursor: items.some(({ url }) => url) ? "pointer" : "default",
      label: { show: true, position: theme.rtl ? "left" : "right", color: theme.ink2, formatter: ({ value }) => number(value) },
      data: items.map(({ value, url }) => ({ value, url })),
    }],
  };
}
