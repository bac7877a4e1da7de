// A picture that is zoomed and moved: by wheel, drag, pinch, buttons and keys. Viewer and marker stand on it.
import { clamp, h } from "./dom.js";

const MOST = 24;
const STEP = 1.25;

export class Stage {
  /** @param {{label: string, describedBy?: string, changed?: () => void}} options */
  constructor({ label, describedBy, changed = () => {} }) {
    this.layer = h("div", { class: "viewer-layer" });
    this.element = h("div", { class: "viewer-stage", tabindex: "0", role: "group", "aria-label": label, "aria-describedby": describedBy }, this.layer);
    this.changed = changed;
    this.width = this.height = 1;
    this.scale = 1;
    this.x = this.y = 0;
    /** May take a pointer for itself: return true. @type {(event: PointerEvent) => boolean} */
    this.take = () => false;
    /** @type {Map<number, {x: number, y: number}>} */
    this.pointers = new Map();
    this.listen();
    new ResizeObserver(() => this.resized()).observe(this.element);
  }

  /** Give the layer the picture's size; what was looked at closely stays in sight. @param {number} width @param {number} height */
  size(width, height) {
    if (width === this.width && height === this.height) return;
    const { view } = this;
    this.width = width;
    this.height = height;
    this.layer.style.width = `${width}px`;
    this.layer.style.height = `${height}px`;
    if (this.isFitted ?? true) this.fit();
    else this.look(view);
  }

  /** What is looked at, whatever the picture's size: the middle as shares of it, and how many times it is enlarged. */
  get view() {
    const { clientWidth, clientHeight } = this.element;
    const share = (stage, at, picture) => (stage / 2 - at) / (picture * this.scale);
    return { x: share(clientWidth, this.x, this.width), y: share(clientHeight, this.y, this.height), zoom: this.scale / this.fitted };
  }

  /** Look at a place as `view` says it. */
  look({ x, y, zoom }) {
    const { clientWidth, clientHeight } = this.element;
    this.isFitted = zoom < 1.001;
    if (this.isFitted) return this.fit();
    this.scale = this.fitted * zoom;
    this.x = clientWidth / 2 - x * this.width * this.scale;
    this.y = clientHeight / 2 - y * this.height * this.scale;
    this.apply();
  }

  /** Go to a rectangle, given in shares of the picture, so that it fills a good part of the stage. */
  frame({ x, y, w, h: high }) {
    const { clientWidth, clientHeight } = this.element;
    const scale = Math.min((0.6 * clientWidth) / (w * this.width), (0.6 * clientHeight) / (high * this.height));
    this.layer.classList.add("is-gliding");
    setTimeout(() => this.layer.classList.remove("is-gliding"), 400);
    this.look({ x: x + w / 2, y: y + high / 2, zoom: clamp(scale, this.fitted, Math.max(MOST, this.fitted)) / this.fitted });
  }

  get fitted() {
    const { clientWidth, clientHeight } = this.element;
    return Math.min(clientWidth / this.width, clientHeight / this.height) || 1;
  }

  fit() {
    this.scale = this.fitted;
    this.x = (this.element.clientWidth - this.width * this.scale) / 2;
    this.y = (this.element.clientHeight - this.height * this.scale) / 2;
    this.isFitted = true;
    this.apply();
  }

  resized() {
    if (this.isFitted) this.fit();
    else this.apply();
  }

  /** Zoom around a point of the stage; its middle without one. */
  zoom(factor, at) {
    const { clientWidth, clientHeight } = this.element;
    const [px, py] = at ?? [clientWidth / 2, clientHeight / 2];
    const low = this.fitted;
    const scale = clamp(this.scale * factor, low, Math.max(MOST, low));
    this.x = px - ((px - this.x) * scale) / this.scale;
    this.y = py - ((py - this.y) * scale) / this.scale;
    this.scale = scale;
    this.isFitted = scale === low;
    if (this.isFitted) this.fit();
    else this.apply();
  }

  pan(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.isFitted = false;
    this.apply();
  }

  /** Keep some of the picture in sight, and draw. */
  apply() {
    const { clientWidth, clientHeight } = this.element;
    const within = (at, stage, picture) => (picture <= stage ? (stage - picture) / 2 : clamp(at, stage - picture, 0));
    this.x = within(this.x, clientWidth, this.width * this.scale);
    this.y = within(this.y, clientHeight, this.height * this.scale);
    this.layer.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    this.layer.style.setProperty("--inverse", String(1 / this.scale));
    this.element.classList.toggle("is-fitted", this.isFitted);
    this.changed();
  }

  /** Where a pointer is, as a share of the picture. @returns {[number, number]} */
  share(event) {
    const box = this.element.getBoundingClientRect();
    return [
      clamp((event.clientX - box.left - this.x) / (this.width * this.scale), 0, 1),
      clamp((event.clientY - box.top - this.y) / (this.height * this.scale), 0, 1),
    ];
  }

  listen() {
    const { element } = this;
    element.addEventListener("wheel", (event) => {
      // A page scrolls on over a picture that is not being looked at closely.
      if (!event.ctrlKey && this.isFitted && event.deltaY > 0) return;
      if (!event.ctrlKey && document.activeElement !== element && !document.fullscreenElement) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY / 400), [event.clientX - box.left, event.clientY - box.top]);
    }, { passive: false });
    element.addEventListener("dblclick", (event) => {
      const box = element.getBoundingClientRect();
      if (this.isFitted) this.zoom(3, [event.clientX - box.left, event.clientY - box.top]);
      else this.fit();
    });
    element.addEventListener("pointerdown", (event) => this.down(event));
    element.addEventListener("pointermove", (event) => this.moved(event));
    for (const name of ["pointerup", "pointercancel"]) element.addEventListener(name, (event) => this.up(event));
    element.addEventListener("keydown", (event) => this.key(event));
  }

  down(event) {
    if (event.button > 0 || event.target.closest("input, button")) return;
    if (document.activeElement !== this.element) this.element.focus({ preventScroll: true });
    if (this.pointers.size === 0 && this.take(event)) return;
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.element.setPointerCapture(event.pointerId);
    this.element.classList.add("is-dragging");
  }

  moved(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const other = [...this.pointers.entries()].find(([id]) => id !== event.pointerId)?.[1];
    const now = { x: event.clientX, y: event.clientY };
    this.pointers.set(event.pointerId, now);
    if (!other) return this.pan(now.x - before.x, now.y - before.y);
    const box = this.element.getBoundingClientRect();
    const far = (point) => Math.hypot(point.x - other.x, point.y - other.y) || 1;
    this.zoom(far(now) / far(before), [(now.x + other.x) / 2 - box.left, (now.y + other.y) / 2 - box.top]);
  }

  up(event) {
    this.pointers.delete(event.pointerId);
    this.element.classList.toggle("is-dragging", this.pointers.size > 0);
  }

  key(event) {
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (move) this.pan(...move);
    else if (event.key === "+" || event.key === "=") this.zoom(STEP);
    else if (event.key === "-") this.zoom(1 / STEP);
    else if (event.key === "0") this.fit();
    else return;
    event.preventDefault();
  }
}

/** Wait until a picture has its size; its attributes may say it sooner. @param {HTMLImageElement} image */
export async function sizeOf(image) {
  if (!image.complete || !image.naturalWidth) await image.decode().catch(() => {});
  return [image.naturalWidth || Number(image.getAttribute("width")) || 800, image.naturalHeight || Number(image.getAttribute("height")) || 600];
}
