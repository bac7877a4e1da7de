// <div data-chart="map|series|bar" data-source="URL" data-table="ID">: fetches the figures when the chart comes into
// sight, draws them with charts.js or map.js, which only such pages load, and offers them as a table too. A table that the page
// already has (data-table) is used; otherwise one is made. Without scripts, the page's table is what there is.
import { behaviour } from "./behaviour.js";
import { h, icon, uid } from "./dom.js";
import { explain, send } from "./requests.js";
import { number, t } from "./strings.js";

const { charts, map } = document.documentElement.dataset;

class Chart {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.kind = element.dataset.chart;
    this.label = element.getAttribute("aria-label") ?? element.dataset.label ?? "";
    element.removeAttribute("aria-label");
    element.classList.add("chart");
    this.canvas = h("div", { class: "chart-canvas", role: this.kind === "map" ? "group" : "img", "aria-label": t(this.kind === "map" ? "map_of" : "chart_of", { label: this.label }) });
    this.bar = h("div", { class: "chart-bar" });
    element.append(this.canvas, this.bar);
    if (this.kind === "map") element.append(this.zoomer());
    if (this.kind === "map") this.bar.append(h("p", { class: "chart-note" }, t("map_note")));
    element.addEventListener("limen:refresh", () => this.load());
    document.addEventListener("limen:theme", () => this.draw());
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      this.load();
    }, { rootMargin: "200px" });
    seen.observe(element);
  }

  /** Buttons for the map: dragging and the wheel are not everyone's. */
  zoomer() {
    const button = (name, label, factor) => h("button", { type: "button", class: "button button-icon button-small", "aria-label": label, title: label, on: { click: () => this.chart?.zoomBy(factor) } }, icon(name));
    return h("div", { class: "chart-zoom" }, button("plus", t("zoom_in"), 1.6), button("minus", t("zoom_out"), 1 / 1.6), button("globe", t("whole_map"), 0));
  }

  async load() {
    try {
      const inline = document.getElementById(this.element.dataset.json ?? "");
      if (inline) this.data = JSON.parse(inline.textContent);
      else {
        const response = await send(this.element.dataset.source);
        if (!response.ok) throw new Error(await explain(response));
        this.data = await response.json();
      }
      this.tabulate();
      await this.draw();
      this.element.dataset.drawn = "";
    } catch (error) {
      this.canvas.remove();
      this.table?.removeAttribute("hidden");
      this.bar.prepend(h("p", { class: "muted", role: "status" }, t("chart_failed")));
      console.warn(error);
    }
  }

  async draw() {
    if (!this.data) return;
    const more = { previous: this.chart, options: this.element.dataset };
    if (this.kind === "map") this.chart = await (await import(map)).draw(this.canvas, this.data, more);
    else this.chart = await (await import(charts)).draw(this.canvas, this.kind, this.data, more);
  }

  /** The same figures as a table, behind a button; each row leads where the mark leads. */
  tabulate() {
    const known = document.getElementById(this.element.dataset.table ?? "");
    if (known && !this.made) this.table = known;
    else {
      this.made?.remove();
      this.made = this.table = h("div", { class: "chart-table", id: this.element.dataset.table || uid("table"), tabindex: "0", role: "region", "aria-label": this.label }, build(this.kind, this.data, this.label));
      this.element.append(this.made);
    }
    if ("tableStays" in this.element.dataset || this.button) { if (this.button) this.table.hidden = this.button.getAttribute("aria-expanded") !== "true"; return; }
    this.table.hidden = true;
    this.button = h("button", { type: "button", class: "button button-small", "aria-expanded": "false", "aria-controls": this.table.id, on: { click: () => this.toggle() } }, icon("table"), t("show_table"));
    this.bar.append(this.button);
  }

  toggle() {
    const show = this.table.hidden;
    this.table.hidden = !show;
    this.button.setAttribute("aria-expanded", String(show));
  }
}

const cell = (text, url) => (url ? h("a", { href: url }, text) : text);

function build(kind, data, label) {
  const head = (...names) => h("thead", {}, h("tr", {}, ...names.map((name, at) => h("th", { scope: "col", class: at ? "number" : null }, name))));
  const row = (name, url, ...values) => h("tr", {}, h("th", { scope: "row" }, cell(name, url)), ...values.map((value) => h("td", { class: "number" }, typeof value === "number" ? number(value) : value)));
  let parts;
  if (kind === "series") parts = [head(data.unit ?? "", ...data.series.map(({ name }) => name)),
    h("tbody", {}, ...data.categories.map((category, at) => row(category, data.urls?.[at], ...data.series.map(({ values }) => values[at] ?? 0))))];
  else if (kind === "bar") parts = [head(data.unit ?? "", data.measure ?? t("count")), h("tbody", {}, ...data.items.map(({ label: name, value, url }) => row(name, url, value)))];
  else parts = [head(t("area"), data.measure ?? t("count")), h("tbody", {}, ...[...(data.points ?? []), ...(data.points?.length ? [] : data.areas ?? [])].sort((a, b) => b.value - a.value).map(({ label: name, value, url }) => row(name, url, value)))];
  return h("table", { class: "table" }, h("caption", { class: "visually-hidden" }, label), ...parts);
}

behaviour("[data-chart]", (element) => new Chart(element));
