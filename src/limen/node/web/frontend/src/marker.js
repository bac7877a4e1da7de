// <limen-marker data-save="URL" data-kind="region|mask" data-regions='[...]' data-options='[{"value", "label"}]'><img></limen-marker>
// Rectangles over a picture, drawn and moved by pointer or typed as numbers; each change is posted as
// {"regions": [{"x", "y", "w", "h", "label", "text"}]}, shares of the picture between 0 and 1.
// data-name="masks" also writes the list into a hidden input of that name, for a form. data-texts asks for words beside
// the label that is chosen from data-options.
import { clamp, debounce, h, icon, uid } from "./dom.js";
import { explain, send } from "./requests.js";
import { Stage, sizeOf } from "./stage.js";
import { t, timeOfDay } from "./strings.js";

/** @typedef {{x: number, y: number, w: number, h: number, label?: string, text?: string}} Region */

const LEAST = 0.008;
const round = (value) => Math.round(value * 10000) / 10000;

class Marker extends HTMLElement {
  connectedCallback() {
    const image = this.querySelector("img");
    if (this.stage || !image) return;
    this.kind = this.dataset.kind ?? "region";
    /** @type {Region[]} */ this.regions = JSON.parse(this.dataset.regions || "[]");
    /** @type {{value: string, label: string}[]} */ this.options = JSON.parse(this.dataset.options || "[]");
    this.texts = "texts" in this.dataset && this.options.length > 0;
    this.chosen = -1;
    this.build(image);
    this.draw();
  }

  build(image) {
    const help = h("p", { id: uid("marker-help"), class: "visually-hidden" }, t("draw_help"));
    this.stage = new Stage({ label: this.getAttribute("aria-label") ?? t("regions"), describedBy: help.id });
    this.stage.take = (event) => this.take(event);
    this.marks = h("div", {});
    this.stage.layer.append(image, this.marks);
    const tool = (name, label, click, extra = {}) => h("button", { type: "button", class: "viewer-button", on: { click }, ...extra }, icon(name), label);
    this.drawButton = tool(this.kind === "mask" ? "mask" : "regions", t("draw"), () => this.mode(!this.drawing), { "aria-pressed": "true" });
    this.status = h("span", { class: "viewer-zoom", role: "status" });
    const zoom = (name, label, act) => h("button", { type: "button", class: "viewer-button", "aria-label": label, title: label, on: { click: act } }, icon(name));
    const bar = h("div", { class: "viewer-bar" }, this.drawButton, tool("plus", t("new_area"), () => this.add({ x: 0.4, y: 0.4, w: 0.2, h: 0.2 })), h("span", { class: "viewer-gap" }), this.status,
      zoom("zoom-out", t("zoom_out"), () => this.stage.zoom(1 / 1.4)), zoom("zoom-in", t("zoom_in"), () => this.stage.zoom(1.4)), zoom("fit", t("fit"), () => this.stage.fit()));
    this.list = h("div", { class: "marker-list" });
    const output = this.dataset.name && (this.output = h("input", { type: "hidden", name: this.dataset.name }));
    this.replaceChildren(...[h("div", { class: "viewer" }, bar, this.stage.element), help, this.list, output].filter(Boolean));
    this.stage.element.addEventListener("keydown", (event) => this.key(event), true);
    this.soon = debounce(() => this.save(), 400);
    this.mode(true);
    if (this.output) this.output.value = JSON.stringify(this.regions);
    sizeOf(image).then(([width, height]) => this.stage.size(width, height));
  }

  /** Whether a drag on the picture draws, or moves the picture. */
  mode(drawing) {
    this.drawing = drawing;
    this.drawButton.setAttribute("aria-pressed", String(drawing));
    this.stage.element.classList.toggle("is-drawing", drawing);
  }

  // Pointer: on a handle it resizes, on an area it moves, beside them it draws.
  take(event) {
    const index = Number(event.target.closest?.("[data-index]")?.dataset.index ?? -1);
    const start = this.stage.share(event);
    if (index >= 0) this.choose(index);
    if (index < 0 && !this.drawing) return false;
    const before = index < 0 ? { x: start[0], y: start[1], w: 0, h: 0 } : { ...this.regions[index] };
    if (index < 0) { this.regions.push({ ...before }); this.chosen = this.regions.length - 1; this.draw(); }
    const at = this.chosen;
    const resize = index < 0 || event.target.matches(".region-handle");
    const move = (moved) => {
      const [x, y] = this.stage.share(moved);
      this.regions[at] = { ...this.regions[at], ...(resize ? stretched(before, index < 0 ? start : [before.x, before.y], x, y) : shifted(before, x - start[0], y - start[1])) };
      this.place(at);
    };
    const stop = (event) => {
      if (event.type === "pointerup") move(event);
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", stop);
      removeEventListener("pointercancel", stop);
      const { w, h: high } = this.regions[at] ?? { w: 1, h: 1 };
      if (index < 0 && (w < LEAST || high < LEAST)) this.remove(at, false);
      else { this.draw(); this.changed(); }
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", stop);
    addEventListener("pointercancel", stop);
    event.preventDefault();
    return true;
  }

  key(event) {
    const region = this.regions[this.chosen];
    if (!region || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) {
      const [dx, dy] = step.map((value) => value * 0.005);
      this.regions[this.chosen] = { ...region, ...(event.shiftKey ? stretched(region, [region.x, region.y], region.x + region.w + dx, region.y + region.h + dy) : shifted(region, dx, dy)) };
      this.place(this.chosen);
      this.changed();
    } else if (event.key === "Delete" || event.key === "Backspace") this.remove(this.chosen);
    else if (event.key === "Escape") this.choose(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  add(region) {
    this.regions.push(region);
    this.chosen = this.regions.length - 1;
    this.draw();
    this.changed();
    this.list.lastElementChild?.querySelector("input, select")?.focus();
  }

  remove(index, tell = true) {
    this.regions.splice(index, 1);
    this.chosen = -1;
    this.draw();
    if (tell) { this.changed(); this.stage.element.focus(); }
  }

  choose(index) {
    this.chosen = index;
    [...this.marks.children].forEach((mark, at) => mark.classList.toggle("is-selected", at === index));
    [...this.list.children].forEach((row, at) => row.classList.toggle("is-selected", at === index));
  }

  draw() {
    this.marks.replaceChildren(...this.regions.map((_, index) => h("div", { class: "region region-edit", "data-index": index, "data-kind": this.kind },
      this.kind !== "mask" && h("span", { class: "region-label" }), h("span", { class: "region-handle" }))));
    this.list.replaceChildren(...this.regions.map((region, index) => this.row(region, index)));
    this.regions.forEach((_, index) => this.place(index));
    this.choose(this.chosen);
  }

  place(index) {
    const { x, y, w, h: high, label, text } = this.regions[index];
    const mark = this.marks.children[index];
    Object.assign(mark.style, { left: `${x * 100}%`, top: `${y * 100}%`, width: `${w * 100}%`, height: `${high * 100}%` });
    const name = mark.querySelector(".region-label");
    if (name) name.textContent = this.nameOf(label, text) || String(index + 1);
    const row = this.list.children[index];
    for (const input of row?.querySelectorAll("[data-side]") ?? []) if (input !== document.activeElement) input.value = String(Math.round(this.regions[index][input.dataset.side] * 1000) / 10);
  }

  nameOf(label, text) {
    const known = this.options.find(({ value }) => value === label)?.label;
    return known && text && this.texts ? `${known}: ${text}` : known ?? (text || label || "");
  }

  row(region, index) {
    const name = t("area_number", { number: index + 1 });
    const side = (key, label) => {
      const id = uid("side");
      return h("div", { class: "field" }, h("label", { class: "label", for: id }, `${label} %`),
        h("input", { class: "input", id, type: "number", min: 0, max: 100, step: 0.1, "data-side": key, on: { focus: () => this.choose(index), input: (event) => this.typed(index, key, event.target.value) } }));
    };
    return h("div", { class: "marker-row", role: "group", "aria-label": name }, this.naming(region, index, name),
      side("x", t("x")), side("y", t("y")), side("w", t("width")), side("h", t("height")),
      h("button", { type: "button", class: "button button-icon", "aria-label": `${t("delete")}: ${name}`, on: { click: () => this.remove(index) } }, icon("delete")));
  }

  naming(region, index, name) {
    if (this.kind === "mask") return h("span", { class: "strong marker-name" }, name);
    const id = uid("label");
    const set = (key) => (event) => { this.regions[index][key] = event.target.value; this.place(index); this.changed(); };
    const control = this.options.length
      ? h("select", { class: "select", id, on: { change: set("label"), focus: () => this.choose(index) } }, h("option", { value: "" }, "–"), ...this.options.map(({ value, label }) => h("option", { value, selected: value === region.label }, label)))
      : h("input", { class: "input", id, value: region.text ?? region.label ?? "", maxlength: 120, on: { input: set("text"), focus: () => this.choose(index) } });
    const labelled = h("div", { class: "field" }, h("label", { class: "label", for: id }, `${name}: ${t("label")}`), control);
    if (!this.texts) return labelled;
    const words = uid("text");
    return h("div", { class: "marker-words" }, labelled, h("div", { class: "field" }, h("label", { class: "label", for: words }, `${name}: ${t("text")}`),
      h("input", { class: "input", id: words, value: region.text ?? "", maxlength: 400, on: { input: set("text"), focus: () => this.choose(index) } })));
  }

  typed(index, key, value) {
    const share = clamp(Number(value) / 100 || 0, 0, 1);
    const region = { ...this.regions[index], [key]: share };
    region.w = clamp(region.w, LEAST, 1 - region.x);
    region.h = clamp(region.h, LEAST, 1 - region.y);
    this.regions[index] = region;
    this.place(index);
    this.changed();
  }

  changed() {
    if (this.output) this.output.value = JSON.stringify(this.clean());
    this.dispatchEvent(new CustomEvent("limen:regions", { bubbles: true, detail: { regions: this.clean() } }));
    if (!this.dataset.save) return;
    this.status.textContent = t("saving");
    this.soon();
  }

  clean() {
    return this.regions.map(({ x, y, w, h: high, ...rest }) => ({ ...rest, x: round(x), y: round(y), w: round(w), h: round(high) }));
  }

  async save() {
    try {
      const response = await send(this.dataset.save, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ regions: this.clean() }) });
      this.status.textContent = response.ok ? t("saved_at", { time: timeOfDay(new Date()) }) : await explain(response);
    } catch {
      this.status.textContent = t("kept_failed");
      setTimeout(() => this.save(), 5000);
    }
  }
}

function shifted(region, dx, dy) {
  return { x: clamp(region.x + dx, 0, 1 - region.w), y: clamp(region.y + dy, 0, 1 - region.h) };
}

function stretched(region, [ax, ay], x, y) {
  const [right, below] = [clamp(x, 0, 1), clamp(y, 0, 1)];
  return { x: Math.min(ax, right), y: Math.min(ay, below), w: Math.max(Math.abs(right - ax), LEAST / 4), h: Math.max(Math.abs(below - ay), LEAST / 4) };
}

customElements.define("limen-marker", Marker);
