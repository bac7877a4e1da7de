// The link chart of a plan: an SVG of links that came with the page, which this makes zoomable and quick. One entity takes
// the focus at a time, arrow keys go to the nearest in their direction, and what is known of it is fetched beside the chart.
// Without this script the same links open the same page anew.
import { h, icon } from "./dom.js";
import { send } from "./requests.js";
import { Stage } from "./stage.js";
import { t } from "./strings.js";

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class LinkChart {
  constructor(frame) {
    this.frame = frame;
    this.svg = frame.querySelector("[data-linkchart]");
    this.about = document.getElementById("about");
    this.nodes = [...this.svg.querySelectorAll("[data-node]")].map((element) => ({ element, number: Number(element.dataset.node), ...placeOf(element) }));
    this.byNumber = new Map(this.nodes.map((node) => [node.number, node]));
    this.ties = [...this.svg.querySelectorAll("[data-ends]")].map((element) => ({ element, ends: element.dataset.ends.split(" ").map(Number) }));
    this.build();
    this.listen();
    const chosen = this.nodes.find(({ element }) => element.hasAttribute("aria-current"));
    this.enter(chosen ?? this.nodes[0]);
    if (chosen) this.mark(chosen);
  }

  build() {
    const label = this.svg.getAttribute("aria-label");
    const [wide, high] = [Number(this.svg.getAttribute("width")), Number(this.svg.getAttribute("height"))];
    this.stage = new Stage({ label });
    this.stage.take = (event) => Boolean(event.target.closest("[data-node]"));
    this.svg.removeAttribute("aria-label");
    this.svg.setAttribute("role", "presentation");
    const button = (name, text, act) => h("button", { type: "button", class: "button button-icon button-small", "aria-label": text, title: text, on: { click: act } }, icon(name));
    const bar = h("div", { class: "linkchart-bar" },
      button("plus", t("zoom_in"), () => this.stage.zoom(1.5)), button("minus", t("zoom_out"), () => this.stage.zoom(1 / 1.5)), button("fit", t("fit"), () => this.stage.fit()));
    this.frame.replaceChildren(this.stage.element, bar, h("p", { class: "help" }, this.frame.dataset.help));
    this.stage.layer.append(this.svg);
    this.stage.size(wide, high);
    this.size = [wide, high];
  }

  listen() {
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.svg.addEventListener("focusin", (event) => {
      const node = this.nodeOf(event.target);
      if (!node) return;
      this.enter(node);
      this.show(node);
    });
    this.svg.addEventListener("click", (event) => {
      const node = this.nodeOf(event.target);
      if (!node || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.choose(node);
    });
    this.about.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="?"]');
      const node = link && this.nodes.find(({ element }) => element.getAttribute("href") === link.getAttribute("href"));
      if (!node || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.choose(node);
      this.show(node);
    });
  }

  nodeOf(target) {
    const element = target.closest?.("[data-node]");
    return element && this.byNumber.get(Number(element.dataset.node));
  }

  /** One link alone is reached by Tab; the arrow keys go on from it. */
  enter(node) {
    if (!node) return;
    for (const { element } of this.nodes) if (element.getAttribute("tabindex") !== "-1") element.setAttribute("tabindex", "-1");
    node.element.setAttribute("tabindex", "0");
  }

  key(event) {
    const direction = DIRECTIONS[event.key];
    const from = this.nodeOf(event.target);
    if (!direction || !from) return;
    event.preventDefault();
    event.stopPropagation();
    const next = this.nearest(from, direction);
    next?.element.focus({ preventScroll: true });
  }

  /** The nearest entity in a direction: far to the side counts double. */
  nearest(from, [dx, dy]) {
    let best, least = Infinity;
    for (const node of this.nodes) {
      const [along, aside] = [(node.x - from.x) * dx + (node.y - from.y) * dy, Math.abs((node.x - from.x) * dy + (node.y - from.y) * dx)];
      if (along <= 1 || aside > 2 * along) continue;
      const far = along + 2 * aside;
      if (far < least) [best, least] = [node, far];
    }
    return best;
  }

  /** Bring an entity into sight, near enough to be read. */
  show(node) {
    const { stage, size: [wide, high] } = this;
    const { clientWidth, clientHeight } = stage.element;
    const [x, y] = [stage.x + node.x * stage.scale, stage.y + node.y * stage.scale];
    const inside = x > 60 && y > 40 && x < clientWidth - 60 && y < clientHeight - 40;
    if (inside && stage.scale >= 0.6) return;
    stage.look({ x: node.x / wide, y: node.y / high, zoom: Math.max(stage.scale, 0.9) / stage.fitted });
  }

  /** Show who is tied to it, and fetch what is known of it. */
  async choose(node) {
    this.enter(node);
    this.mark(node);
    const href = node.element.getAttribute("href");
    this.asked = href;
    const answer = await send(href.split("#")[0], { accept: "text/html", headers: { "HX-Request": "true" } }).catch(() => null);
    if (this.asked !== href) return;
    if (!answer?.ok || answer.redirected) return void location.assign(href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.about.replaceChildren(...page.body.childNodes);
    history.replaceState(null, "", href);
  }

  mark(chosen) {
    const near = new Set([chosen.number]);
    for (const label of this.svg.querySelectorAll(".tie-told")) label.remove();
    for (const { element, ends } of this.ties) {
      const is = ends.includes(chosen.number);
      element.classList.toggle("is-near", is);
      if (!is) continue;
      ends.forEach((end) => near.add(end));
      this.tell(element, ends);
    }
    for (const { element, number } of this.nodes) {
      element.classList.toggle("is-near", near.has(number));
      element.classList.toggle("is-chosen", number === chosen.number);
      if (number === chosen.number) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
    }
    this.svg.classList.add("has-chosen");
  }

  tell(element, ends) {
    const [one, other] = ends.map((end) => this.byNumber.get(end));
    if (!one || !other) return;
    const label = document.createElementNS("http://www.w3.org/2000/svg", "text");
    label.setAttribute("class", "tie-told");
    label.setAttribute("x", String((one.x + other.x) / 2));
    label.setAttribute("y", String((one.y + other.y) / 2 - 11));
    const told = element.querySelector("title").textContent;
    label.textContent = told.length > 28 ? `${told.slice(0, 27)}…` : told;
    this.svg.append(label);
  }
}

/** Where an entity stands, as its transform says. */
function placeOf(element) {
  const [x, y] = element.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
  return { x, y };
}

for (const frame of document.querySelectorAll("[data-linkchart-frame]")) if (frame.querySelector("[data-linkchart]")) new LinkChart(frame);
