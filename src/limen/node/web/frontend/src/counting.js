// Counting at a post over a weak link: each press has a number of its own, is shown at once, kept in the browser until the
// server has it, and sent again as long as it must; the server counts a number once. And figures that keep themselves current.
import { behaviour } from "./behaviour.js";
import { explain, send } from "./requests.js";
import { toast } from "./toast.js";

const AGAIN = 5000;
const officer = () => document.documentElement.dataset.officer ?? "";

behaviour("[data-counts]", (element) => new Counting(element));

class Counting {
  constructor(element) {
    this.element = element;
    this.url = element.dataset.counts;
    this.key = `limen.counts ${officer()} ${this.url}`;
    this.unsent = element.querySelector("[data-unsent]");
    this.figures = new Map([...element.querySelectorAll("[data-figure]")].map((each) => [each.dataset.figure, Number(each.textContent)]));
    this.sending = false;
    this.kept = [];
    element.addEventListener("submit", (event) => this.press(event));
    addEventListener("online", () => this.flush());
    this.flush();
  }

  get queue() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "[]");
    } catch {
      return this.kept; // a browser that keeps nothing counts all the same, as long as the page is open
    }
  }

  set queue(presses) {
    this.kept = presses;
    try {
      if (presses.length) localStorage.setItem(this.key, JSON.stringify(presses));
      else localStorage.removeItem(this.key);
    } catch {
      // as above
    }
    this.show();
  }

  press(event) {
    event.preventDefault();
    const what = new FormData(event.target).get("what");
    const amount = Number(event.submitter?.value || 1);
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const press = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.queue = [...this.queue, { what, amount, press }];
    this.flush();
  }

  /** What the server said last, and what it has not heard of yet. */
  show() {
    const waiting = this.queue;
    for (const element of this.element.querySelectorAll("[data-figure]")) {
      const what = element.dataset.figure;
      const more = waiting.reduce((sum, each) => sum + (each.what === what ? each.amount : 0), 0);
      const text = String((this.figures.get(what) ?? 0) + more);
      if (element.textContent !== text) element.textContent = text;
    }
    const late = waiting.length && this.late ? `${waiting.length} ${this.unsent.dataset.words}` : "";
    if (this.unsent.textContent !== late) this.unsent.textContent = late;
  }

  async flush() {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      for (let next = this.queue[0]; next; next = this.queue[0]) {
        const answer = await send(this.url, { method: "POST", body: new URLSearchParams(next) });
        if (answer.status >= 500 || [401, 429].includes(answer.status) || answer.redirected) throw new TypeError(String(answer.status));
        if (answer.ok) this.figures = new Map(Object.entries((await answer.json()).figures));
        else toast(await explain(answer), "error");
        this.late = false;
        this.queue = this.queue.filter((each) => each.press !== next.press);
      }
    } catch {
      this.late = true;
      this.timer = setTimeout(() => this.flush(), AGAIN);
    }
    this.sending = false;
    this.show();
  }
}

// While somebody looks, an element asks for itself anew every so many seconds; htmx does the asking.
behaviour("[data-live]", (element) => {
  const ask = () => {
    if (!element.isConnected) return stop();
    if (document.visibilityState === "visible") element.dispatchEvent(new CustomEvent("limen:live"));
  };
  const timer = setInterval(ask, Number(element.dataset.live) * 1000);
  document.addEventListener("visibilitychange", ask);
  const stop = () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", ask);
  };
});
