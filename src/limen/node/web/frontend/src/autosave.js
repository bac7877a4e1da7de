// <form data-autosave="URL">: changed fields are sent half a second after typing stops; what cannot be sent is kept in
// this browser for a day, under the officer's number, and sent when the network is back. Signing out deletes it.
import { behaviour } from "./behaviour.js";
import { debounce } from "./dom.js";
import { csrfToken, send } from "./requests.js";
import { t, timeOfDay } from "./strings.js";
import { toast } from "./toast.js";

const PREFIX = "limen.autosave:";
const DAY = 24 * 3600 * 1000;
const officer = () => document.documentElement.dataset.officer ?? "";

/** Browsers may refuse storage (private windows, full disk): then only the page remembers. */
const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(key) ?? "null"); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* the page still remembers */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  keys() { try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; } },
};

class Autosave {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.url = new URL(form.dataset.autosave, location.href).pathname;
    this.key = `${PREFIX}${officer()}:${this.url}`;
    this.status = form.querySelector("[data-autosave-status]") ?? document.querySelector(`[data-autosave-status="${form.id}"]`);
    this.status?.setAttribute("role", "status");
    this.status?.classList.add("autosave");
    /** Names of fields whose values the server does not have. @type {Set<string>} */
    this.pending = new Set();
    this.wait = 2000;
    this.soon = debounce(() => this.flush(), Number(form.dataset.autosaveDelay ?? 500));
    this.restore();
    this.listen();
  }

  listen() {
    this.form.addEventListener("input", (event) => this.changed(event.target, false));
    this.form.addEventListener("change", (event) => this.changed(event.target, true));
    this.form.addEventListener("limen:change", (event) => this.touch(event.detail.name, true));
    this.form.addEventListener("submit", () => { this.submitting = true; store.drop(this.key); });
    addEventListener("online", () => this.flush());
    addEventListener("pagehide", () => { if (this.pending.size && !this.submitting) this.flush(true); });
    addEventListener("pageshow", () => { this.submitting = false; });
  }

  changed(field, now) {
    if (!field.name || field.type === "password" || field.type === "file" || field.closest("[data-no-autosave]")) return;
    if (field.form === this.form) this.touch(field.name, now && field.matches("select, [type=checkbox], [type=radio], [type=date]"));
  }

  touch(name, now) {
    this.pending.add(name);
    this.keep();
    this.say("saving", t("saving"));
    if (now) this.flush();
    else this.soon();
  }

  /** The pending fields with their values; a field without any is sent as empty. */
  values() {
    const data = new FormData(this.form);
    return [...this.pending].flatMap((name) => {
      const values = data.getAll(name).filter((value) => typeof value === "string");
      return values.length ? values.map((value) => [name, value]) : [[name, ""]];
    });
  }

  keep() {
    if (this.pending.size) store.write(this.key, { at: Date.now(), values: this.values() });
    else store.drop(this.key);
  }

  async flush(leaving = false) {
    this.soon.cancel();
    if (!this.pending.size || this.submitting || (this.busy && !leaving)) return;
    const sent = this.values();
    const names = [...this.pending];
    const body = new URLSearchParams([["csrfmiddlewaretoken", csrfToken()], ...sent, ["autosave", names.join(",")]]);
    this.busy = true;
    try {
      const response = await send(this.form.dataset.autosave, { method: "POST", body, keepalive: leaving, headers: { "X-Autosave": "1" } });
      await this.answered(response, names, sent);
    } catch {
      this.later("offline", t("kept_offline"));
    } finally {
      this.busy = false;
    }
  }

  async answered(response, names, sent) {
    if (response.status >= 500 || response.status === 429) return this.later("failed", t("kept_failed"));
    const problem = response.headers.get("Content-Type")?.includes("json") ? await response.json().catch(() => ({})) : {};
    if (response.status === 401 || response.status === 403 || response.redirected) {
      return this.say("failed", problem.detail || t("signed_out_kept"));
    }
    const now = new Map(names.map((name) => [name, JSON.stringify(this.values().filter(([other]) => other === name))]));
    for (const name of names) {
      if (now.get(name) === JSON.stringify(sent.filter(([other]) => other === name))) this.pending.delete(name);
    }
    this.keep();
    this.wait = 2000;
    this.complain(names, problem.errors ?? {});
    if (response.ok) this.say("saved", t("saved_at", { time: timeOfDay(new Date()) }));
    else this.say("failed", problem.detail || t("not_accepted"));
    this.form.dispatchEvent(new CustomEvent("limen:saved", { bubbles: true, detail: { names, answer: problem, ok: response.ok } }));
    if (this.pending.size) this.soon();
  }

  later(state, text) {
    this.say(state, text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), this.wait);
    this.wait = Math.min(this.wait * 2, 60000);
  }

  /** Errors of fields, from {"errors": {"name": "sentence"}}; a field that was sent and is not named has none. */
  complain(names, errors) {
    for (const name of new Set([...names, ...Object.keys(errors)])) {
      const field = this.form.querySelector(`[name="${CSS.escape(name)}"]`);
      const row = field?.closest(".field");
      if (!row) continue;
      row.querySelector("[data-autosave-error]")?.remove();
      const control = row.querySelector(".input, .select, .textarea") ?? field;
      if (!errors[name]) { control.removeAttribute("aria-invalid"); continue; }
      control.setAttribute("aria-invalid", "true");
      const list = document.createElement("ul");
      list.className = "error-list";
      list.dataset.autosaveError = "";
      const item = document.createElement("li");
      item.textContent = String(errors[name]);
      list.append(item);
      row.append(list);
    }
  }

  say(state, text) {
    if (!this.status) return;
    this.status.dataset.state = state;
    this.status.textContent = text;
  }

  /** Fill in what an earlier visit could not send, and send it. */
  restore() {
    const kept = store.read(this.key);
    if (!kept || Date.now() - kept.at > DAY) return store.drop(this.key);
    const byName = new Map();
    for (const [name, value] of kept.values) byName.set(name, [...(byName.get(name) ?? []), value]);
    let filled = false;
    for (const [name, values] of byName) filled = this.fill(name, values) || filled;
    if (!filled) return store.drop(this.key);
    toast(t("restored"), "info");
    this.soon();
  }

  fill(name, values) {
    const fields = [...this.form.elements].filter((field) => field.name === name);
    if (!fields.length) return false;
    for (const field of fields) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.multiple && field.options) for (const option of field.options) option.selected = values.includes(option.value);
      else field.value = values[0];
    }
    this.pending.add(name);
    return true;
  }
}

// What is kept goes with the officer who signs out, and after a day in any case.
for (const key of store.keys()) if (Date.now() - (store.read(key)?.at ?? 0) > DAY) store.drop(key);
document.addEventListener("submit", (event) => {
  if (event.target.matches?.("[data-sign-out]")) store.keys().forEach(store.drop);
});

behaviour("form[data-autosave]", (form) => new Autosave(form));
