// Lines and bars: only the parts of ECharts that we use. Loaded by chart-loader.js, on pages that have such a chart.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { barOption } from "./bar.js";
import { seriesOption } from "./series.js";
import { look } from "./theme.js";

echarts.use([AriaComponent, BarChart, CanvasRenderer, GridComponent, LegendComponent, LineChart, MarkAreaComponent, TooltipComponent]);

/**
 * Draw, or draw anew.
 * @param {HTMLElement} element
 * @param {"series"|"bar"} kind
 * @param {any} data see docs/web.md for the shape of each kind
 * @param {{previous?: any}} [more]
 */
export async function draw(element, kind, data, { previous } = {}) {
  if (kind === "bar") element.style.blockSize = `${Math.max(8, data.items.length * 1.9 + 3)}rem`;
  const chart = previous?.isDisposed?.() === false ? previous : echarts.init(element, null, { renderer: "canvas" });
  if (!previous) {
    new ResizeObserver(() => chart.resize()).observe(element);
    chart.on("click", (event) => {
      const url = event.data?.url ?? event.data?.value?.url;
      if (url) location.assign(url);
    });
  }
  const theme = look(element);
  chart.setOption(kind === "bar" ? barOption(data, theme) : seriesOption(data, theme), { notMerge: true });
  return chart;
}
