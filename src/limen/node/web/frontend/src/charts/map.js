// Where: {"points": [{"lat", "lon", "value", "label", "url"}], "areas": [{"code", "value", "label", "url"}]}.
// Bubbles that would overlap stand together as one with the sum; a click on it comes nearer, on a single one follows its
// address. Countries are shaded by their figure. Near enough, the finer map is loaded.
import { base, number, tooltip } from "./theme.js";
import { world } from "./world.js";

const FINE_FROM = 3.5;
const TOGETHER = 34;
/** Short enough to stand in a bubble: 62k. */
const short = (value) => new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumSignificantDigits: 2 }).format(value);

/** The window that shows all points. @returns {{center?: number[], zoom: number}} */
function frame(points, options, element) {
  if (options.center) return { center: options.center.split(",").map(Number), zoom: Number(options.zoom ?? 3) };
  if (points.length < 2) return points.length ? { center: [points[0].lon, points[0].lat], zoom: 4 } : { zoom: 1 };
  const [lons, lats] = [points.map(({ lon }) => lon), points.map(({ lat }) => lat)];
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const aspect = element.clientWidth / element.clientHeight || 2;
  const wide = Math.max(east - west, (north - south) * aspect, 12) * 1.35;
  return { center: [(west + east) / 2, (south + north) / 2], zoom: Math.max(1, Math.min(8, (aspect > 2 ? 180 * aspect : 360) / wide)) };
}

/** Points that lie within a few pixels of a larger one join it. */
function cluster(chart, points) {
  const groups = [];
  for (const point of [...points].sort((a, b) => b.value - a.value)) {
    const at = chart.convertToPixel("geo", [point.lon, point.lat]);
    if (!at || Number.isNaN(at[0])) continue;
    const near = groups.find(({ pixel }) => Math.hypot(pixel[0] - at[0], pixel[1] - at[1]) < TOGETHER);
    if (near) near.points.push(point);
    else groups.push({ pixel: at, points: [point] });
  }
  return groups.map(({ points: together }) => {
    const total = together.reduce((sum, { value }) => sum + value, 0);
    const [first] = together;
    return { value: [first.lon, first.lat, total], label: first.label, many: together, url: together.length === 1 ? first.url : undefined };
  });
}

export async function drawMap(echarts, chart, data, theme, options) {
  const { points = [], areas = [] } = data;
  const { name, shownBy } = await world(echarts, false);
  const state = (chart.limen ??= { ...frame(points, options, chart.getDom()), map: name, listening: false });
  const most = Math.max(1, ...areas.map(({ value }) => value));
  const byShape = new Map();
  for (const area of areas) {
    const shape = shownBy[area.code] ?? area.code;
    const there = byShape.get(shape);
    byShape.set(shape, there ? { ...there, value: there.value + area.value } : { ...area });
  }
  const regions = [...byShape].map(([shape, area]) => ({
    name: shape, itemStyle: { areaColor: theme.area, opacity: 0.35 + 0.65 * Math.sqrt(area.value / most) },
  }));
  const bubbles = () => {
    const groups = cluster(chart, points);
    const top = Math.max(1, ...groups.map(({ value }) => value[2]));
    return [{
      type: "scatter", coordinateSystem: "geo", data: groups, cursor: "pointer",
      symbolSize: (value) => 24 + 28 * Math.sqrt(value[2] / top),
      itemStyle: { color: theme.series[0], opacity: 0.86, borderColor: theme.surface, borderWidth: 1.5 },
      label: { show: true, formatter: ({ value }) => (value[2] > 0 ? short(value[2]) : ""), color: theme.surface, fontSize: 11, fontWeight: 700 },
      emphasis: { scale: 1.08, itemStyle: { opacity: 1 } },
      labelLayout: { hideOverlap: true },
    }];
  };
  const geo = () => ({
    map: state.map, roam: state.roam ?? "move", center: state.center, zoom: state.zoom, scaleLimit: { min: 1, max: 60 }, aspectScale: 1, regions, selectedMode: false,
    label: { show: false }, itemStyle: { areaColor: theme.land, borderColor: theme.border, borderWidth: 0.6 },
    emphasis: { label: { show: false }, itemStyle: { areaColor: byShape.size ? theme.area : theme.land, borderColor: theme.accent } },
    tooltip: { show: true }, cursor: byShape.size ? "pointer" : "default",
  });
  chart.setOption({
    ...base(theme),
    tooltip: { trigger: "item", ...tooltip(theme, (event) => describe(event, byShape)) },
    geo: geo(),
    series: [],
  }, { notMerge: true });
  within(chart, state);
  chart.setOption({ series: bubbles() });
  if (state.listening) { state.redraw = { bubbles, geo, byShape, points }; return; }
  state.listening = true;
  state.redraw = { bubbles, geo, byShape, points };
  listen(echarts, chart, state);
}

/** Move the window so that it shows no emptiness beyond the map's edge while the other side has more map. */
function within(chart, state) {
  const dom = chart.getDom();
  const [west] = chart.convertFromPixel("geo", [0, dom.clientHeight / 2]) ?? [-180];
  const [east] = chart.convertFromPixel("geo", [dom.clientWidth, dom.clientHeight / 2]) ?? [180];
  if (!state.center || east - west > 360) return;
  const shift = east > 180 ? 180 - east : west < -180 ? -180 - west : 0;
  if (!shift) return;
  state.center = [state.center[0] + shift, state.center[1]];
  chart.setOption({ geo: { center: state.center } });
}

function describe(event, byShape) {
  if (event.componentType === "geo") {
    const area = byShape.get(event.name);
    return area ? [area.label ?? event.name, number(area.value)] : [];
  }
  const { many = [], value } = event.data;
  return [many.length > 1 ? `${many[0].label} + ${number(many.length - 1)}` : many[0]?.label, number(value[2]), ...(many.length > 1 ? many.slice(0, 5).map(({ label, value: count }) => `${label}: ${number(count)}`) : [])];
}

function listen(echarts, chart, state) {
  const remember = () => {
    const [{ center, zoom }] = chart.getOption().geo;
    Object.assign(state, { center, zoom });
  };
  const refine = async () => {
    if (state.zoom >= FINE_FROM && state.map !== "world-fine") {
      state.map = (await world(echarts, true)).name;
      chart.setOption({ geo: state.redraw.geo() });
    }
    chart.setOption({ series: state.redraw.bubbles() });
  };
  /** Come nearer or go away, by buttons and by clusters. */
  const go = (center, zoom) => {
    Object.assign(state, { center, zoom: Math.max(1, Math.min(60, zoom)) });
    chart.setOption({ geo: { zoom: state.zoom, center: center ?? null } });
    refine();
  };
  let timer = 0;
  chart.on("georoam", () => {
    remember();
    clearTimeout(timer);
    timer = setTimeout(refine, 90);
  });
  chart.on("click", (event) => {
    if (event.componentType === "geo") {
      const url = state.redraw.byShape.get(event.name)?.url;
      if (url) location.assign(url);
    } else if (event.data?.many?.length > 1) {
      go(event.data.value.slice(0, 2), state.zoom * 2.2);
    }
  });
  state.zoomBy = (factor) => (factor ? go(state.center, state.zoom * factor) : go(undefined, 1));
  // The wheel scrolls the page until the map was touched.
  const dom = chart.getDom();
  const roam = (value) => { if (state.roam !== value) { state.roam = value; chart.setOption({ geo: { roam: value } }); } };
  dom.addEventListener("pointerdown", () => setTimeout(() => roam(true)), { passive: true });
  dom.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") roam("move"); });
  if (state.zoom >= FINE_FROM) refine();
}
