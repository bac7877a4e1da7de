// Two pictures of the viewer held against each other: by a slider, by blinking, or side by side with one zoom for both.
// The other picture is drawn into the box of the one in sight, so that pictures of different sizes lie on one another.
import { clamp, h } from "./dom.js";
import { Stage, sizeOf } from "./stage.js";
import { t } from "./strings.js";

const BLINK = 600;
const ALIKE = 0.15; // logarithm of the ratio of two shapes up to which one is stretched onto the other

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Comparison {
  /** @param {{stage: Stage, key: (event: KeyboardEvent) => void, marks: (image: HTMLImageElement) => HTMLElement[]}} viewer */
  constructor({ stage, key, marks }) {
    this.stage = stage;
    this.key = key;
    this.marksOf = marks;
    this.mode = "";
    this.over = h("div", { class: "viewer-after", hidden: true });
    this.slider = h("input", { class: "viewer-slider", type: "range", dir: "ltr", min: 0, max: 100, value: 50, "aria-label": t("slider"), on: { input: () => this.slide() } });
    this.split = h("div", { class: "viewer-split", "aria-hidden": "true" });
    this.tags = [h("span", { class: "viewer-tag", "aria-hidden": "true" }), h("span", { class: "viewer-tag viewer-tag-other", "aria-hidden": "true" })];
    this.panes = h("div", { class: "viewer-panes" }, stage.element);
    stage.element.append(this.split, this.slider, this.tags[0], this.tags[1]);
    stage.take = (event) => this.take(event);
    this.set("");
  }

  /** Show a pair, in whatever mode: the picture in sight and what it is compared with. */
  async pair(image, other) {
    this.tags[0].textContent = image.dataset.label ?? image.alt;
    this.tags[1].textContent = other?.dataset.label ?? other?.alt ?? "";
    if (!this.mode || !other) return;
    const copy = this.copy(other);
    if (this.mode === "side") this.twin.layer.replaceChildren(copy, ...this.marksOf(other));
    else this.over.replaceChildren(copy);
    const [shape, mine] = [await sizeOf(copy), await sizeOf(image)];
    if (!copy.isConnected) return;
    copy.style.objectFit = Math.abs(Math.log((shape[0] * mine[1]) / (shape[1] * mine[0]))) > ALIKE ? "contain" : "fill";
    if (this.mode !== "side") return;
    this.linking = true; // the picture in sight leads, wherever the other stood
    this.twin.size(...shape);
    this.linking = false;
    this.isReady = true;
    this.linked(this.stage, this.twin);
  }

  copy(image) {
    const copy = /** @type {HTMLImageElement} */ (image.cloneNode());
    copy.loading = "eager";
    if (this.mode !== "side") copy.alt = "";
    return copy;
  }

  /** Change the mode: "slider", "blink", "side", or none. */
  set(mode) {
    this.mode = mode;
    clearInterval(this.blinking);
    this.blinking = 0;
    const [slides, beside] = [mode === "slider", mode === "side"];
    this.over.hidden = !(slides || mode === "blink");
    this.slider.hidden = this.split.hidden = !slides;
    this.tags[0].hidden = !mode;
    this.tags[1].hidden = !slides && mode !== "blink";
    this.panes.classList.toggle("is-double", beside);
    this.stage.element.dataset.mode = mode;
    if (beside) this.besides();
    else this.twin?.element.remove();
    if (slides) this.slide();
    if (mode === "blink") this.blink();
  }

  besides() {
    this.twin ??= this.newTwin();
    this.isReady = false;
    this.panes.append(this.twin.element);
    this.twinTag.textContent = this.tags[1].textContent;
  }

  newTwin() {
    const twin = new Stage({ label: t("compared_with"), changed: () => this.isReady && this.linked(twin, this.stage) });
    this.twinTag = h("span", { class: "viewer-tag", "aria-hidden": "true" });
    twin.element.append(this.twinTag);
    twin.element.addEventListener("keydown", this.key);
    return twin;
  }

  /** One zoom for both; the one that follows does not lead. */
  linked(leads, follows) {
    if (this.linking || this.mode !== "side" || !this.twin?.element.isConnected) return;
    this.linking = true;
    follows.look(leads.view);
    this.linking = false;
  }

  /** The picture was zoomed or moved. */
  moved() {
    if (this.mode === "slider") this.slide();
    if (this.twin) this.linked(this.stage, this.twin);
  }

  /** The split stands in the stage, what it cuts in the picture. */
  slide() {
    const { clientWidth } = this.stage.element;
    const at = (clientWidth * this.slider.value) / 100;
    const cut = clamp((at - this.stage.x) / (this.stage.width * this.stage.scale), 0, 1);
    this.over.style.clipPath = `inset(0 0 0 ${cut * 100}%)`;
    this.split.style.left = `${this.slider.value}%`;
  }

  /** The split is dragged. @param {PointerEvent} event */
  take(event) {
    if (event.target !== this.split) return false;
    const box = this.stage.element.getBoundingClientRect();
    const move = (moved) => {
      this.slider.value = String((100 * (moved.clientX - box.left)) / box.width);
      this.slide();
    };
    const stop = (event) => {
      if (event.type === "pointerup") move(event);
      ["pointermove", "pointerup", "pointercancel"].forEach((name, at) => removeEventListener(name, at ? stop : move));
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", stop);
    addEventListener("pointercancel", stop);
    event.preventDefault();
    return true;
  }

  /** Alternate between the two; who wants less motion changes by each press of the key. */
  blink() {
    this.over.style.clipPath = "none";
    this.turn(true);
    if (!isStill()) this.blinking = setInterval(() => this.turn(this.over.hidden), BLINK);
  }

  turn(other) {
    this.over.hidden = !other;
    this.tags[0].hidden = other;
    this.tags[1].hidden = !other;
  }

  /** Press of a mode's button: it goes on, and off; blinking without motion turns first. @param {string} mode */
  press(mode) {
    if (mode === "blink" && this.mode === "blink" && isStill()) this.turn(this.over.hidden);
    else this.set(this.mode === mode ? "" : mode);
  }

  stop() {
    clearInterval(this.blinking);
  }
}
