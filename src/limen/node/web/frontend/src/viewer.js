// <limen-viewer>: the pictures of one document in several lights, to be looked at closely and held against a reference.
//   <img src alt data-id data-light="uv" data-label="Ultraviolet" data-regions='[{"x", "y", "w", "h", "label", "text"}]'>
//   <img ... data-compare="the data-id of what it is compared with">, or else the reference in the same light;
//   <img ... data-reference> is what the others are compared with.
// Without scripts the pictures stand below one another.
import { Comparison } from "./comparing.js";
import { h, icon, uid } from "./dom.js";
import { Stage, sizeOf } from "./stage.js";
import { number, t } from "./strings.js";

const regionsOf = (image) => JSON.parse(image.dataset.regions || "[]");
const worded = ({ label, text }) => [label, text].filter(Boolean).join(": ");

class Viewer extends HTMLElement {
  connectedCallback() {
    if (this.stage || !this.querySelector("img")) return;
    const images = [...this.querySelectorAll("img")];
    const shown = images.filter((image) => !("reference" in image.dataset));
    this.images = [...shown, ...images.filter((image) => !shown.includes(image))];
    this.areas = this.images.flatMap((image, at) => regionsOf(image).map((region, index) => ({ at, index, region })));
    this.area = -1;
    this.build();
    this.show(0);
  }

  build() {
    const help = h("span", { id: uid("viewer-help"), class: "visually-hidden" }, t("viewer_help"));
    this.stage = new Stage({ label: this.getAttribute("aria-label") ?? t("light"), describedBy: help.id, changed: () => this.zoomed() });
    const key = (event) => this.key(event);
    this.comparison = new Comparison({ stage: this.stage, key, marks: (image) => this.marksOf(image) });
    this.view = h("span", {});
    this.marks = h("div", {});
    this.stage.layer.append(this.view, this.comparison.over, this.marks);
    this.percent = h("span", { class: "viewer-zoom", "aria-hidden": "true" });
    this.caption = h("div", { class: "viewer-caption", "aria-live": "polite" });
    this.box = h("div", { class: "viewer" }, h("div", { class: "viewer-bar" }, ...this.tools()), this.comparison.panes, h("div", { class: "viewer-foot" }, this.caption, this.others), help);
    this.replaceChildren(this.box);
    this.stage.element.addEventListener("keydown", key);
  }

  tools() {
    const several = this.images.length > 1;
    /** What each key does: its name, and the act. @type {Map<string, [string, () => void]>} */
    this.keys = new Map();
    const button = (key, name, label, click, extra = {}) => {
      if (key) this.keys.set(key, [label, click]);
      return h("button", { type: "button", class: "viewer-button", "aria-label": label, title: key ? `${label} (${key})` : label, on: { click }, ...extra }, icon(name));
    };
    const flipped = (made) => (made.firstChild.classList.add("icon-flip"), made);
    const pressed = { "aria-pressed": "false" };
    this.lights = several ? this.images.map((image, index) => this.light(image, index)) : [];
    const tools = [h("div", { class: "viewer-lights", role: "group", "aria-label": t("light") }, ...this.lights), h("span", { class: "viewer-gap" })];
    if (this.areas.length) {
      this.regionsButton = button("r", "regions", t("regions"), () => this.toggleRegions(), { "aria-pressed": "true" });
      tools.push(flipped(button("p", "previous", t("previous_area"), () => this.step(-1))), this.regionsButton, flipped(button("n", "next", t("next_area"), () => this.step(1))));
    }
    this.modes = {};
    if (several) {
      this.others = h("select", { class: "viewer-select", "aria-label": t("compared_with"), hidden: true, on: { change: () => { this.chosen = this.others.value; this.pair(); } } });
      this.modes = {
        slider: button("c", "slide", t("compare"), () => this.compare("slider"), pressed),
        blink: button("b", "blink", t("blink"), () => this.compare("blink"), pressed),
        side: button("s", "side-by-side", t("side_by_side"), () => this.compare("side"), pressed),
      };
      tools.push(...Object.values(this.modes));
    }
    tools.push(button("", "zoom-out", t("zoom_out"), () => this.stage.zoom(1 / 1.4)), this.percent, button("", "zoom-in", t("zoom_in"), () => this.stage.zoom(1.4)), button("", "fit", t("fit"), () => this.stage.fit()));
    tools.push(button("f", "fullscreen", t("full_screen"), () => this.fullscreen()), button("h", "help", t("keys"), () => this.help()));
    return tools;
  }

  light(image, index) {
    const key = index < 9 && h("kbd", { "aria-hidden": "true" }, String(index + 1));
    return h("button", { type: "button", class: "viewer-button", "aria-pressed": "false", on: { click: () => this.show(index) } }, key, image.dataset.label ?? image.alt);
  }

  /** Show one picture, at the same place and zoom. @param {number} index */
  async show(index) {
    const image = this.images[index];
    if (!image) return;
    this.at = index;
    image.loading = "eager";
    this.lights.forEach((button, at) => button.setAttribute("aria-pressed", String(at === index)));
    this.view.replaceChildren(image);
    this.say();
    this.marks.replaceChildren(...this.marksOf(image));
    if (this.areas[this.area]?.at !== index) this.area = -1;
    this.pair();
    const [width, height] = await sizeOf(image);
    if (this.at === index) this.stage.size(width, height);
    this.dispatchEvent(new CustomEvent("limen:light", { bubbles: true, detail: { light: image.dataset.light } }));
  }

  /** Say what is in sight, and more where there is more to say. */
  say(more = "") {
    const { dataset, alt } = this.images[this.at];
    const name = [dataset.label, alt].filter((text, at, all) => text && all.indexOf(text) === at).join(": ");
    this.caption.replaceChildren(...(more ? [h("strong", {}, more)] : [name]));
  }

  marksOf(image) {
    return regionsOf(image).map((region) => {
      const name = region.label || region.text;
      const mark = h("div", { class: "region", title: worded(region) }, name && h("span", { class: "region-label" }, name));
      Object.assign(mark.style, { left: `${region.x * 100}%`, top: `${region.y * 100}%`, width: `${region.w * 100}%`, height: `${region.h * 100}%` });
      return mark;
    });
  }

  /** Go to the next marked area, or the one before. */
  step(by) {
    const from = this.area < 0 && by < 0 ? 0 : this.area;
    return this.near((from + by + this.areas.length) % this.areas.length);
  }

  /** Go to a marked area, in whichever picture it is, and read it out. */
  async near(area) {
    const { at, index, region } = this.areas[area];
    this.area = area;
    if (at !== this.at) await this.show(at);
    this.toggleRegions(true);
    this.stage.frame(region);
    [...this.marks.children].forEach((mark, each) => mark.classList.toggle("is-current", each === index));
    this.say(t("area_of", { number: this.area + 1, count: this.areas.length, text: worded(region) }));
  }

  /** Show what a link names: a picture by its data-id, and a marked area of it from 0. Says whether it has it. */
  go(id, index) {
    const at = this.images?.findIndex((image) => image.dataset.id === id) ?? -1;
    if (at < 0) return false;
    const area = this.areas.findIndex((each) => each.at === at && String(each.index) === index);
    if (area < 0) this.show(at);
    else this.near(area);
    this.scrollIntoView({ block: "nearest" });
    this.stage.element.focus({ preventScroll: true });
    return true;
  }

  toggleRegions(on = this.box.classList.contains("hide-regions")) {
    this.box.classList.toggle("hide-regions", !on);
    this.regionsButton.setAttribute("aria-pressed", String(on));
  }

  /** What the picture in sight may be compared with, the likeliest first. */
  get rivals() {
    const mine = this.images[this.at].dataset;
    const weight = ({ dataset }, at) => [
      dataset.id && dataset.id === mine.compare, mine.id && mine.id === dataset.compare,
      ("reference" in dataset) !== ("reference" in mine) && dataset.light === mine.light,
      ("reference" in dataset) !== ("reference" in mine), at > this.at,
    ].findIndex(Boolean) >>> 0;
    return this.images.map((image, at) => ({ image, at, weight: weight(image, at) })).filter(({ at }) => at !== this.at).sort((one, two) => one.weight - two.weight);
  }

  pair() {
    if (!this.others) return;
    const { rivals } = this;
    const other = rivals.find(({ at }) => String(at) === this.chosen) ?? rivals[0];
    this.others.replaceChildren(...rivals.map(({ image, at }) => h("option", { value: at, selected: at === other.at }, `${at + 1} ${image.dataset.label ?? image.alt}`)));
    this.comparison.pair(this.images[this.at], other.image);
  }

  compare(mode) {
    this.comparison.press(mode);
    for (const [name, button] of Object.entries(this.modes)) button.setAttribute("aria-pressed", String(name === this.comparison.mode));
    this.others.hidden = !this.comparison.mode || this.images.length < 3;
    this.pair();
  }

  fullscreen() {
    if (!document.fullscreenEnabled) this.box.classList.toggle("is-full");
    else if (document.fullscreenElement) document.exitFullscreen();
    else this.box.requestFullscreen().catch(() => {});
  }

  help() {
    const rows = [["1 … 9", t("light")], ["+", t("zoom_in")], ["-", t("zoom_out")], ["0", t("fit")], ["← ↑ → ↓", t("move")], ...[...this.keys].map(([key, [label]]) => [key, label])];
    const dialog = h("dialog", { class: "dialog", "aria-label": t("keys") },
      h("div", { class: "dialog-head" }, h("h2", {}, t("keys")), h("button", { type: "button", class: "button button-small", "data-close": true }, t("close"))),
      h("div", { class: "dialog-body" }, h("dl", { class: "facts" }, ...rows.map(([key, label]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, label))))));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  zoomed() {
    if (this.percent) this.percent.textContent = `${number(Math.round(this.stage.scale * 100))} %`;
    this.comparison?.moved();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const act = this.keys.get({ "[": "p", "]": "n" }[event.key] ?? event.key)?.[1];
    if (Number(event.key) > 0 && this.images[Number(event.key) - 1]) this.show(Number(event.key) - 1);
    else if (event.key === "Escape" && this.box.classList.contains("is-full")) this.fullscreen();
    else if (act) act();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  disconnectedCallback() {
    this.comparison?.stop();
  }
}

customElements.define("limen-viewer", Viewer);

// A link with data-exhibit, and data-region perhaps, shows its picture in the viewer of the page that has it.
document.addEventListener("click", (event) => {
  const { exhibit, region } = event.target.closest?.("a[data-exhibit]")?.dataset ?? {};
  if (exhibit && [...document.querySelectorAll("limen-viewer")].some((viewer) => viewer.go(exhibit, region))) event.preventDefault();
});
