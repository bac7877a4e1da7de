// <limen-practice>: the pictures of a question, looked at closely and marked.
//   <figure data-number="0" data-label="White light"><img><fieldset>radio buttons, a field of the grid each</fieldset></figure>
// A place is marked by pointer (a point or a rectangle) or by choosing a field of the grid with the keyboard. The place goes
// into a hidden input "mark" as {"picture", "x", "y", "w", "h"}, shares of the picture. Without scripts the grids do.
import { clamp, h, icon, uid } from "./dom.js";
import { Stage, sizeOf } from "./stage.js";
import { number, t } from "./strings.js";

const LEAST = 0.012;
const percent = (share) => `${number(Math.round(100 * share))} %`;
const round = (value) => Math.round(value * 10000) / 10000;

class Practice extends HTMLElement {
  connectedCallback() {
    const figures = [...this.querySelectorAll("figure")];
    if (this.stage || !figures.length) return;
    this.form = this.closest("form");
    this.status = this.form.querySelector("[data-practice-status]");
    this.pictures = figures.map((figure) => ({ image: figure.querySelector("img"), grid: figure.querySelector("fieldset"), label: figure.dataset.label }));
    this.build();
    this.show(0);
    this.mode(true);
    this.fields(false);
    this.form.addEventListener("change", (event) => this.chose(event.target));
    const kept = this.querySelector("input[name=field]:checked");
    if (kept) { this.fields(true); this.chose(kept); }
  }

  build() {
    const help = h("span", { id: uid("practice-help"), class: "visually-hidden" }, `${this.dataset.help} ${t("viewer_help")}`);
    this.stage = new Stage({ label: this.getAttribute("aria-label"), describedBy: help.id, changed: () => {} });
    this.stage.take = (event) => this.take(event);
    this.view = h("span", {});
    this.spot = h("div", { class: "region practice-spot", hidden: true });
    this.stage.layer.append(this.view, ...this.pictures.map(({ grid }) => grid), this.spot);
    this.input = h("input", { type: "hidden", name: "mark" });
    const box = h("div", { class: "viewer" }, h("div", { class: "viewer-bar" }, ...this.tools()), this.stage.element, help);
    this.replaceChildren(box, this.input);
    this.stage.element.addEventListener("keydown", (event) => this.key(event));
  }

  tools() {
    const button = (content, click, extra = {}) => h("button", { type: "button", class: "viewer-button", on: { click }, ...extra }, ...content);
    const zoom = (name, label, act) => button([icon(name)], act, { "aria-label": label, title: label });
    this.lights = this.pictures.length < 2 ? [] : this.pictures.map(({ label }, index) =>
      button([h("kbd", { "aria-hidden": "true" }, String(index + 1)), label], () => this.show(index), { "aria-pressed": "false" }));
    this.markButton = button([icon("regions"), this.dataset.mark], () => this.mode(!this.marking));
    this.fieldsButton = button([icon("table"), this.dataset.fields], () => this.fields(!this.showsFields, true));
    return [h("div", { class: "viewer-lights", role: "group", "aria-label": this.dataset.light }, ...this.lights), h("span", { class: "viewer-gap" }), this.markButton, this.fieldsButton,
      zoom("zoom-out", t("zoom_out"), () => this.stage.zoom(1 / 1.4)), zoom("zoom-in", t("zoom_in"), () => this.stage.zoom(1.4)), zoom("fit", t("fit"), () => this.stage.fit())];
  }

  /** Show the picture of one light, with its own grid and mark. */
  async show(index) {
    const picture = this.pictures[index];
    if (!picture) return;
    this.at = index;
    this.lights.forEach((button, at) => button.setAttribute("aria-pressed", String(at === index)));
    this.view.replaceChildren(picture.image);
    this.fields(this.showsFields);
    this.draw();
    const [width, height] = await sizeOf(picture.image);
    if (this.at === index) this.stage.size(width, height);
  }

  /** Whether a drag marks a place, or moves the picture. */
  mode(marking) {
    this.marking = marking;
    this.markButton.setAttribute("aria-pressed", String(marking));
    this.stage.element.classList.toggle("is-drawing", marking);
  }

  fields(shows, focus = false) {
    this.showsFields = shows;
    this.fieldsButton.setAttribute("aria-pressed", String(shows));
    this.pictures.forEach(({ grid }, at) => { grid.hidden = !shows || at !== this.at; });
    const grid = this.pictures[this.at].grid;
    if (focus && shows) (grid.querySelector(":checked") ?? grid.querySelector("input")).focus({ preventScroll: true });
  }

  take(event) {
    if (event.target.closest("label")) return true;
    if (!this.marking) return false;
    const start = this.stage.share(event);
    const move = (moved) => this.set(between(start, this.stage.share(moved)));
    // Browsers join moves that come close together: where the pointer is lifted is where the drag ends.
    const stop = (event) => {
      if (event.type === "pointerup") move(event);
      for (const [name, listener] of listeners) removeEventListener(name, listener);
    };
    const listeners = [["pointermove", move], ["pointerup", stop], ["pointercancel", stop]];
    for (const [name, listener] of listeners) addEventListener(name, listener);
    this.set(between(start, start));
    event.preventDefault();
    return true;
  }

  key(event) {
    if (event.target !== this.stage.element || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = Number(event.key) - 1;
    if (this.pictures.length > 1 && this.pictures[index]) this.show(index);
    else if (event.key === "g") this.fields(!this.showsFields, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Mark a place of the picture in sight. */
  set({ x, y, w, h: high }) {
    const small = w < LEAST && high < LEAST;
    this.place = { picture: this.at, x: round(x), y: round(y), w: small ? 0 : round(w), h: small ? 0 : round(high) };
    this.input.value = JSON.stringify(this.place);
    for (const radio of this.form.querySelectorAll("input[name=field]")) radio.checked = false;
    this.object();
    this.draw();
    this.say(this.dataset.marked.replace("{x}", percent(x + w / 2)).replace("{y}", percent(y + high / 2)));
  }

  chose(control) {
    if (control.name === "field") {
      this.place = null;
      this.input.value = "";
      this.object();
      this.draw();
      this.say(`${this.pictures[this.at].label}: ${this.dataset.chosen.replace("{name}", control.value.split(":")[1])}`);
    } else if (control.name === "objects" && control.value === "no") this.say("");
    else if (control.name === "objects" && !this.place && !this.form.querySelector("input[name=field]:checked")) this.say(this.dataset.nothing);
  }

  /** Whoever marks a place objects. */
  object() {
    const yes = this.form.querySelector("input[name=objects][value=yes]");
    if (yes) yes.checked = true;
  }

  draw() {
    const place = this.place;
    this.spot.hidden = !place || place.picture !== this.at;
    if (this.spot.hidden) return;
    this.spot.classList.toggle("is-point", !place.w && !place.h);
    Object.assign(this.spot.style, { left: `${place.x * 100}%`, top: `${place.y * 100}%`, width: `${place.w * 100}%`, height: `${place.h * 100}%` });
  }

  say(text) {
    if (this.status) this.status.textContent = text;
  }
}

const between = ([ax, ay], [bx, by]) => ({ x: clamp(Math.min(ax, bx), 0, 1), y: clamp(Math.min(ay, by), 0, 1), w: Math.abs(bx - ax), h: Math.abs(by - ay) });

customElements.define("limen-practice", Practice);
