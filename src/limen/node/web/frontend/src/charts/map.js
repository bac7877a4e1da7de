// Where: {"points": [{"lat", "lon", "value", "label", "url"}], "areas": [{"code", "value", "label", "url"}]}, drawn as SVG:
// the land in degrees, in a box that shows a window of it; above it bubbles in pixels, which are links. Bubbles that would
// overlap stand together as one with the sum; a click on it comes nearer, on a single one follows its address. Countries
// are shaded by their figure. Whoever comes near is shown the finer map.
import { number } from "../strings.js";
import { world } from "./world.js";

const NS = "http://www.w3.org/2000/svg";
const [NEAREST, FINE_FROM, TOGETHER] = [60, 3.5, 36];
/** Short enough to stand in a bubble: 62k. */
const short = (value) => new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumSignificantDigits: 2 }).format(value);
const between = (low, value, high) => Math.max(low, Math.min(high, value));

/** An SVG element with attributes and children. */
function s(name, attributes = {}, ...children) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null) element.setAttribute(key, value);
  element.append(...children.filter(Boolean));
  return element;
}

/** The window that shows all points: its middle, and how many times nearer than the whole world. */
function frame(points, options, aspect, small) {
  if (options.center) return { center: options.center.split(",").map(Number), zoom: Number(options.zoom ?? 3) };
  if (points.length < 2) return points.length ? { center: [points[0].lon, points[0].lat], zoom: 4 } : { center: [0, 20], zoom: 1 };
  const [lons, lats] = [points.map(({ lon }) => lon), points.map(({ lat }) => lat)];
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const wide = Math.max(east - west, (north - south) * aspect, 12) * (small ? 1.6 : 1.3);
  const aside = small ? wide / 16 : 0; // the buttons lie over the western edge
  return { center: [(west + east) / 2 - aside, (south + north) / 2], zoom: between(1, 360 / wide, 8) };
}

class WorldMap {
  constructor(element, options) {
    Object.assign(this, { element, options });
    this.land = s("svg", { class: "map-land", preserveAspectRatio: "none" });
    this.bubbles = s("g", { class: "map-bubbles" });
    this.svg = s("svg", { class: "map", width: "100%", height: "100%", "aria-hidden": "true" }, this.land, this.bubbles);
    element.replaceChildren(this.svg);
    this.listen();
    new ResizeObserver(() => {
      if (!this.touched) this.shown = undefined;
      this.place();
    }).observe(element);
  }

  async show({ points = [], areas = [] }) {
    Object.assign(this, { points, areas });
    if (!this.touched) this.shown = undefined;
    await this.drawLand(false);
    this.place();
  }

  get aspect() { return this.element.clientWidth / (this.element.clientHeight || 1) || 2; }

  /** Countries, shaded by their figures; a shape that stands for several has their sum. */
  async drawLand(fine) {
    this.fine = fine;
    const { shapes, shownBy } = await world(fine);
    const figures = new Map();
    for (const area of this.areas) {
      const code = shownBy[area.code] ?? area.code;
      const there = figures.get(code);
      figures.set(code, there ? { ...there, value: there.value + area.value } : area);
    }
    const most = Math.max(1, ...[...figures.values()].map(({ value }) => value));
    this.land.replaceChildren(...shapes.map(({ code, path }) => {
      const area = figures.get(code);
      const shape = s("path", { d: path, class: area ? "map-area" : null, "fill-opacity": area ? 0.35 + 0.65 * Math.sqrt(area.value / most) : null });
      return area ? link(area.url, `${area.label ?? code}: ${number(area.value)}`, shape) : shape;
    }));
  }

  /** Set the window, within the world, and put the bubbles where they belong in it. */
  place() {
    if (!this.points || !this.element.clientWidth) return;
    this.shown ??= frame(this.points, this.options, this.aspect, this.element.clientWidth < 500);
    const { shown, aspect } = this;
    shown.zoom = between(1, shown.zoom, NEAREST);
    const wide = Math.min(360, 360 / shown.zoom, aspect * 180);
    const high = wide / aspect;
    shown.center = [between(wide / 2 - 180, shown.center[0], 180 - wide / 2), between(high / 2 - 90, shown.center[1], 90 - high / 2)];
    const [west, north] = [shown.center[0] - wide / 2, shown.center[1] + high / 2];
    this.land.setAttribute("viewBox", `${west} ${-north} ${wide} ${high}`);
    this.scale = this.element.clientWidth / wide;
    this.window = { west, north };
    this.drawBubbles();
  }

  pixel({ lon, lat }) { return [(lon - this.window.west) * this.scale, (this.window.north - lat) * this.scale]; }

  /** Points that lie within a few pixels of a larger one join it. */
  groups() {
    const found = [];
    for (const point of [...this.points].sort((a, b) => b.value - a.value)) {
      const [x, y] = this.pixel(point);
      if (x < -40 || y < -40 || x > this.element.clientWidth + 40 || y > this.element.clientHeight + 40) continue;
      const near = found.find((group) => Math.hypot(group.x - x, group.y - y) < TOGETHER);
      if (near) near.points.push(point);
      else found.push({ x, y, points: [point] });
    }
    return found.map((group) => ({ ...group, total: group.points.reduce((sum, { value }) => sum + value, 0) }));
  }

  drawBubbles() {
    const groups = this.groups();
    const top = Math.max(1, ...groups.map(({ total }) => total));
    this.bubbles.replaceChildren(...groups.map((group) => {
      const { x, y, points, total } = group;
      const [first] = points;
      const told = points.length > 1
        ? [`${first.label} + ${number(points.length - 1)}: ${number(total)}`, ...points.slice(0, 5).map(({ label, value }) => `${label}: ${number(value)}`)].join("\n")
        : `${first.label}: ${number(total)}`;
      const radius = 13 + 13 * Math.sqrt(total / top);
      const bubble = s("g", { class: "map-bubble", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
        points.length > 1 && s("circle", { class: "map-ring", r: radius + 3.5 }), s("circle", { r: radius }), s("text", { dy: "0.36em" }, short(total)));
      if (points.length === 1) return link(first.url, told, bubble);
      const several = s("g", { class: "map-several" }, s("title", {}, told), bubble);
      several.addEventListener("click", () => { if (!this.moved) this.zoomBy(2.2, [first.lon, first.lat]); });
      return several;
    }));
  }

  /** Come nearer or go away, about the middle or some place; 0 shows the whole. */
  zoomBy(factor, about) {
    this.touched = true;
    if (!factor) Object.assign(this.shown, { zoom: 1 });
    else {
      if (about) this.shown.center = about;
      this.shown.zoom *= factor;
    }
    this.place();
    if (this.shown.zoom >= FINE_FROM && !this.fine) this.drawLand(true).catch(() => {});
  }

  /** Drag to move, two fingers or the wheel to come nearer. The wheel and a finger scroll the page until the map was touched. */
  listen() {
    const fingers = new Map();
    const { svg } = this;
    const spread = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a.x - b.x, a.y - b.y); };
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("pointerdown", (event) => {
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      this.moved = false;
      svg.classList.add("map-held");
    });
    window.addEventListener("pointermove", (event) => {
      const was = fingers.get(event.pointerId);
      if (!was) return;
      const before = fingers.size === 2 ? spread() : 0;
      const [dx, dy] = [event.clientX - was.x, event.clientY - was.y];
      if (!this.moved && Math.hypot(dx, dy) < 4) return;
      this.moved = this.touched = true;
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const [lon, lat] = this.shown.center;
      this.shown.center = [lon - dx / this.scale / fingers.size, lat + dy / this.scale / fingers.size];
      if (before) this.zoomBy(spread() / before);
      else this.place();
    });
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, (event) => fingers.delete(event.pointerId));
    svg.addEventListener("click", (event) => { if (this.moved) event.preventDefault(); }, true);
    svg.addEventListener("wheel", (event) => {
      if (!svg.classList.contains("map-held")) return;
      event.preventDefault();
      this.zoomBy(event.deltaY < 0 ? 1.25 : 0.8);
    }, { passive: false });
    svg.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && !fingers.size) svg.classList.remove("map-held"); });
    document.addEventListener("pointerdown", (event) => { if (!svg.contains(event.target)) svg.classList.remove("map-held"); });
  }
}

/** A mark that leads to its list; keys have the table. */
function link(url, told, mark) {
  return url ? s("a", { href: url, tabindex: "-1" }, s("title", {}, told), mark) : s("g", {}, s("title", {}, told), mark);
}

/**
 * Draw the map, or draw it anew with other figures.
 * @param {HTMLElement} element @param {any} data @param {{previous?: any, options?: DOMStringMap}} more
 */
export async function draw(element, data, { previous, options = {} } = {}) {
  const map = previous ?? new WorldMap(element, options);
  await map.show(data);
  return map;
}
