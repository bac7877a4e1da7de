// <input data-suggest="URL" name="place">: type-ahead after the ARIA 1.2 combobox pattern.
// The visible input loses its name to hidden ones that carry the values. Without scripts it stays what it is: a text
// field for the code (several codes, separated by commas, with data-multiple).
import { behaviour } from "./behaviour.js";
import { debounce, h, icon, uid } from "./dom.js";
import { t } from "./strings.js";
import { send } from "./requests.js";

/** @typedef {{value: string, label: string, hint?: string}} Suggestion */

class Combobox {
  /** @param {HTMLInputElement} input */
  constructor(input) {
    this.input = input;
    this.name = input.name;
    this.multiple = "multiple" in input.dataset;
    this.free = "free" in input.dataset;
    /** @type {Suggestion[]} */ this.chosen = [];
    /** @type {Suggestion[]} */ this.options = [];
    this.active = -1;
    this.form = input.form;
    this.build();
    this.restore();
    this.listen();
  }

  build() {
    const { input } = this;
    this.box = h("div", { class: `combobox ${this.multiple ? "combobox-multiple" : "combobox-single"}` });
    input.before(this.box);
    this.list = h("ul", { class: "combobox-list", role: "listbox", id: uid("list"), hidden: true, "aria-label": this.labelText() });
    this.status = h("span", { class: "visually-hidden", role: "status" });
    this.values = h("span", { hidden: true });
    this.clearer = h("button", { type: "button", class: "combobox-clear", tabindex: "-1", "aria-label": t("clear"), hidden: true }, icon("close"));
    this.box.append(input, this.list, this.status, this.values);
    if (!this.multiple) this.box.append(this.clearer);
    input.removeAttribute("name");
    input.removeAttribute("list");
    input.classList.add("combobox-input");
    for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) input.setAttribute(name, value);
  }

  labelText() {
    return this.input.labels?.[0]?.textContent?.trim() || this.input.getAttribute("aria-label") || this.name;
  }

  /** What was chosen before: data-selected (a list), or value with data-label. */
  restore() {
    const { input } = this;
    if (input.dataset.selected) this.chosen = JSON.parse(input.dataset.selected);
    else if (input.value) {
      const codes = this.multiple ? input.value.split(",").map((code) => code.trim()).filter(Boolean) : [input.value];
      this.chosen = codes.map((value) => ({ value, label: (!this.multiple && input.dataset.label) || value }));
    }
    this.required = input.required;
    this.show(false);
  }

  listen() {
    const { input, list } = this;
    this.search = debounce(() => this.fetch(), 180);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("click", () => this.isOpen || this.fetch());
    input.addEventListener("blur", () => this.leave());
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const index = event.target.closest("[data-index]")?.dataset.index;
      if (index !== undefined) this.choose(this.options[Number(index)]);
    });
    this.clearer.addEventListener("click", () => { this.clear(); input.focus(); });
    this.form?.addEventListener("reset", () => setTimeout(() => { this.chosen = []; this.show(); }));
  }

  get isOpen() { return !this.list.hidden; }

  typed() {
    if (!this.multiple && this.chosen.length) { this.chosen = []; this.write(); }
    this.clearer.hidden = !this.input.value;
    this.search();
  }

  async fetch() {
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    const url = new URL(this.input.dataset.suggest, location.href);
    url.searchParams.set("q", this.chosen.length && !this.multiple ? "" : this.input.value.trim());
    // data-with="parent=fraud_class": the other field's value, whatever asks for it, under a name of its own.
    for (const pair of (this.input.dataset.with ?? "").split(" ").filter(Boolean)) {
      const [as, name = as] = pair.split("=");
      const named = `[name="${CSS.escape(name)}"]`;
      const other = document.querySelector(`${named}:checked`) ?? document.querySelector(`${named}:not([type=radio], [type=checkbox])`);
      if (other?.value) url.searchParams.set(as, other.value);
    }
    try {
      const response = await send(url.href, { signal: abort.signal });
      if (!response.ok) throw new Error(String(response.status));
      /** @type {Suggestion[]} */ const found = await response.json();
      this.open(found.filter(({ value }) => !this.multiple || !this.chosen.some((one) => one.value === value)));
    } catch (error) {
      if (error.name !== "AbortError") this.note(t(navigator.onLine ? "suggest_failed" : "suggest_offline"));
    }
  }

  /** @param {Suggestion[]} options */
  open(options) {
    if (document.activeElement !== this.input) return;
    this.options = options;
    this.active = options.length && this.input.value && (this.multiple || !this.chosen.length) ? 0 : -1;
    if (!options.length) return this.note(t("no_match"));
    this.list.replaceChildren(...options.map((option, index) => this.row(option, index)));
    this.status.textContent = t("matches", { count: options.length });
    this.expand(true);
    this.mark();
  }

  row(option, index) {
    return h("li", { class: "combobox-option", role: "option", id: `${this.list.id}-${index}`, "data-index": index, "aria-selected": "false" },
      h("span", {}, ...highlight(option.label, this.input.value.trim())),
      option.hint && h("span", { class: "combobox-hint" }, option.hint));
  }

  note(text) {
    this.options = [];
    this.active = -1;
    this.list.replaceChildren(h("li", { class: "combobox-note", role: "option", "aria-disabled": "true", "aria-selected": "false" }, text));
    this.status.textContent = text;
    this.expand(true);
  }

  expand(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) return this.input.removeAttribute("aria-activedescendant");
    const { bottom } = this.input.getBoundingClientRect();
    this.list.classList.toggle("is-above", bottom + this.list.offsetHeight > innerHeight && bottom > innerHeight / 2);
  }

  mark() {
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.active)));
    const row = this.list.children[this.active];
    if (row) { this.input.setAttribute("aria-activedescendant", row.id); row.scrollIntoView({ block: "nearest" }); }
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!this.isOpen) return void this.fetch();
      const n = this.options.length;
      if (n) this.active = (this.active + (key === "ArrowDown" ? 1 : this.active < 0 ? 0 : -1) + n) % n;
      this.mark();
    } else if (key === "Enter" && this.isOpen) {
      event.preventDefault();
      if (this.options[this.active]) this.choose(this.options[this.active]);
      else this.expand(false);
    } else if (key === "Tab" && this.isOpen && this.options[this.active] && this.input.value) this.choose(this.options[this.active]);
    else if (key === "Escape") {
      if (this.isOpen) { this.expand(false); event.stopPropagation(); } else this.clear();
      event.preventDefault();
    } else if (key === "Backspace" && this.multiple && !this.input.value && this.chosen.length) this.remove(this.chosen.at(-1));
  }

  /** @param {Suggestion} option */
  choose(option) {
    this.chosen = this.multiple ? [...this.chosen, option] : [option];
    this.expand(false);
    this.show();
    this.status.textContent = t("chosen", { label: option.label });
  }

  remove(option) {
    this.chosen = this.chosen.filter((one) => one !== option);
    this.show();
    this.input.focus();
  }

  clear() {
    this.search.cancel();
    if (!this.multiple) this.chosen = [];
    this.input.value = "";
    this.expand(false);
    if (!this.multiple) this.show();
  }

  /** Leaving with text that is nothing chosen: keep it where free text is allowed, otherwise restore. */
  leave() {
    this.search.cancel();
    this.abort?.abort();
    this.expand(false);
    const text = this.input.value.trim();
    if (text && this.free && (this.multiple || !this.chosen.length)) this.choose({ value: text, label: text });
    else if (this.multiple) this.input.value = "";
    else if (!this.chosen.length && text) this.show();
  }

  /** Draw what is chosen, and tell the form. */
  show(tell = true) {
    if (this.multiple) {
      this.box.querySelectorAll(".chip").forEach((chip) => chip.remove());
      this.input.value = "";
      this.input.before(...this.chosen.map((option) => h("span", { class: "chip" }, option.label,
        h("button", { type: "button", class: "chip-remove", "aria-label": t("remove", { label: option.label }), on: { click: () => this.remove(option) } }, "×"))));
    } else {
      this.input.value = this.chosen[0]?.label ?? "";
      this.clearer.hidden = !this.input.value;
    }
    this.input.required = Boolean(this.required && !this.chosen.length);
    this.write(tell);
  }

  write(tell = true) {
    const values = this.chosen.length || this.multiple ? this.chosen.map(({ value }) => value) : [""];
    this.values.replaceChildren(...values.map((value) => h("input", { type: "hidden", name: this.name, value, form: this.input.getAttribute("form") })));
    this.values.dataset.name = this.name;
    if (tell) this.input.dispatchEvent(new CustomEvent("limen:change", { bubbles: true, detail: { name: this.name, values: values, chosen: this.chosen } }));
  }
}

/** The label in parts, what was typed underlined. */
function highlight(label, typed) {
  const at = typed ? label.toLocaleLowerCase().indexOf(typed.toLocaleLowerCase()) : -1;
  if (at < 0) return [label];
  return [label.slice(0, at), h("mark", {}, label.slice(at, at + typed.length)), label.slice(at + typed.length)];
}

behaviour("input[data-suggest]", (input) => new Combobox(input));
