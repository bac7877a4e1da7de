// <limen-viewer>: the pictures of one side in several lights, to be looked at closely.
//   <img src alt data-light="uv" data-label="Ultraviolet" data-regions='[{"x", "y", "w", "h", "label", "text"}]'>
//   <img ... data-reference> is what the others are compared with, by slider or blinking.
// Without scripts the pictures stand below one another.
import { h, icon, uid } from "./dom.js";
import { Stage, sizeOf } from "./stage.js";
import { number, t } from "./strings.js";

const BLINK = 600;

class Viewer extends HTMLElement {
  connectedCallback() {
    if (this.stage || !this.querySelector("img")) return;
    const images = [...this.querySelectorAll("img")];
    this.reference = images.find((image) => "reference" in image.dataset);
    this.images = images.filter((image) => image !== this.reference);
    if (!this.images.length) this.images = images;
    this.build();
    this.show(0);
  }

  build() {
    const help = h("span", { id: uid("viewer-help"), class: "visually-hidden" }, t("viewer_help"));
    this.stage = new Stage({ label: this.getAttribute("aria-label") ?? t("light"), describedBy: help.id, changed: () => this.zoomed() });
    this.view = h("span", {});
    this.over = h("div", { class: "viewer-after", hidden: true });
    this.marks = h("div", {});
    this.stage.layer.append(this.view, this.over, this.marks);
    this.slider = h("input", { class: "viewer-slider", type: "range", min: 0, max: 100, value: 50, "aria-label": t("slider"), hidden: true, on: { input: () => this.slide() } });
    this.stage.element.append(this.slider);
    this.percent = h("span", { class: "viewer-zoom", "aria-hidden": "true" });
    this.caption = h("div", { class: "viewer-caption", "aria-live": "polite" });
    this.box = h("div", { class: "viewer" }, h("div", { class: "viewer-bar" }, ...this.tools()), this.stage.element, this.caption, help);
    this.replaceChildren(this.box);
    this.stage.element.addEventListener("keydown", (event) => this.key(event));
  }

  tools() {
    const button = (name, label, click, extra = {}) => h("button", { type: "button", class: "viewer-button", "aria-label": label, title: label, on: { click }, ...extra }, icon(name));
    this.lights = this.images.length < 2 ? [] : this.images.map((image, index) =>
      h("button", { type: "button", class: "viewer-button", "aria-pressed": "false", on: { click: () => this.show(index) } }, h("kbd", { "aria-hidden": "true" }, String(index + 1)), image.dataset.label ?? image.alt));
    const tools = [h("div", { class: "viewer-lights", role: "group", "aria-label": t("light") }, ...this.lights), h("span", { class: "viewer-gap" })];
    if (this.images.some((image) => image.dataset.regions)) {
      this.regionsButton = button("regions", t("regions"), () => this.toggle("hide-regions", this.regionsButton), { "aria-pressed": "true" });
      tools.push(this.regionsButton);
    }
    if (this.reference || this.images.length > 1) {
      this.compareButton = button("compare", t("compare"), () => this.compare(), { "aria-pressed": "false" });
      this.blinkButton = button("blink", t("blink"), () => this.blink(), { "aria-pressed": "false" });
      tools.push(this.compareButton, this.blinkButton);
    }
    tools.push(button("zoom-out", t("zoom_out"), () => this.stage.zoom(1 / 1.4)), this.percent, button("zoom-in", t("zoom_in"), () => this.stage.zoom(1.4)), button("fit", t("fit"), () => this.stage.fit()));
    if (document.fullscreenEnabled) tools.push(button("fullscreen", t("full_screen"), () => this.fullscreen()));
    return tools;
  }

  /** Show the picture of one light, at the same place and zoom. @param {number} index */
  async show(index) {
    const image = this.images[index];
    if (!image) return;
    this.at = index;
    image.loading = "eager";
    this.lights.forEach((button, at) => button.setAttribute("aria-pressed", String(at === index)));
    this.view.replaceChildren(image);
    this.caption.textContent = [image.dataset.label, image.alt].filter((text, at, all) => text && all.indexOf(text) === at).join(": ");
    this.drawRegions(JSON.parse(image.dataset.regions || "[]"));
    if (!this.over.hidden) this.drawOther();
    const [width, height] = await sizeOf(image);
    if (this.at === index) this.stage.size(width, height);
    this.dispatchEvent(new CustomEvent("limen:light", { bubbles: true, detail: { light: image.dataset.light } }));
  }

  drawRegions(regions) {
    this.marks.replaceChildren(...regions.map(({ x, y, w, h: high, label, text }) => {
      const region = h("div", { class: "region", title: text || label }, (label || text) && h("span", { class: "region-label" }, label || text));
      Object.assign(region.style, { left: `${x * 100}%`, top: `${y * 100}%`, width: `${w * 100}%`, height: `${high * 100}%` });
      return region;
    }));
  }

  /** What the picture in sight is compared with: the reference, or the next light. */
  get other() {
    return this.reference ?? this.images[(this.at + 1) % this.images.length];
  }

  drawOther() {
    const copy = /** @type {HTMLImageElement} */ (this.other.cloneNode());
    copy.alt = "";
    this.over.replaceChildren(copy);
  }

  compare(on = this.slider.hidden) {
    if (on) this.blink(false);
    this.over.hidden = this.slider.hidden = !on;
    this.compareButton?.setAttribute("aria-pressed", String(on));
    if (on) { this.drawOther(); this.slide(); }
  }

  slide() {
    this.over.style.clipPath = `inset(0 0 0 ${this.slider.value}%)`;
  }

  /** Alternate between the two; who wants less motion changes by each press. */
  blink(on = !this.blinking) {
    clearInterval(this.blinking);
    this.blinking = 0;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches && on) on = this.over.hidden;
    this.blinkButton?.setAttribute("aria-pressed", String(on));
    if (on) this.compare(false);
    if (on) this.drawOther();
    this.over.hidden = !on;
    this.over.style.clipPath = "none";
    if (on && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.blinking = setInterval(() => { this.over.hidden = !this.over.hidden; }, BLINK);
  }

  toggle(name, button) {
    const hidden = this.box.classList.toggle(name);
    button.setAttribute("aria-pressed", String(!hidden));
  }

  fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.box.requestFullscreen().catch(() => {});
  }

  zoomed() {
    if (this.percent) this.percent.textContent = `${number(Math.round(this.stage.scale * 100))} %`;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.stage.element) return;
    const index = Number(event.key) - 1;
    if (index >= 0 && this.images[index]) this.show(index);
    else if (event.key === "r" && this.regionsButton) this.toggle("hide-regions", this.regionsButton);
    else if (event.key === "b" && this.blinkButton) this.blink();
    else if (event.key === "c" && this.compareButton) this.compare();
    else if (event.key === "f") this.fullscreen();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  disconnectedCallback() {
    clearInterval(this.blinking);
  }
}

customElements.define("limen-viewer", Viewer);
