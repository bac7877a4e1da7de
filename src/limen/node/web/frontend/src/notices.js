// The bell, and being told on this device: the browser's push subscription, and the node's knowing of it.
import { behaviour } from "./behaviour.js";
import { send } from "./requests.js";

const MINUTE = 60_000;
const KEPT = "limen.push";
const WORKER = "/service-worker.js";
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const officer = () => document.documentElement.dataset.officer ?? "";

// The bell counts anew once a minute while somebody looks, and when a notice was shown. What fails is tried again then;
// a session that ended says so with the next page, not in the middle of this one.
let bell = null;
async function ring() {
  if (!bell?.isConnected || document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(bell.dataset.bell, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-bell]");
    if (!fresh || fresh.textContent === bell.textContent) return;
    bell.replaceChildren(...fresh.childNodes);
  } catch {
    // Not reached: the number stays as it was.
  }
}
behaviour("[data-bell]", (element) => {
  bell = element;
  setInterval(ring, MINUTE);
  if (able) navigator.serviceWorker.addEventListener("message", (event) => { if (event.data === "limen:notice") ring(); });
  if (able && Notification.permission === "granted") keepKnown().catch(() => {});
});

async function subscription() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** What the node was last told, by this officer, in this browser. */
const told = () => localStorage.getItem(KEPT) ?? "";
const mark = (endpoint) => `${officer()} ${endpoint}`;

async function tell(url, current, insteadOf = "") {
  const body = JSON.stringify({ subscription: current, instead_of: insteadOf });
  const answer = await send(url, { method: "POST", body, headers: { "Content-Type": "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  localStorage.setItem(KEPT, mark(current.endpoint));
}

/** Where the push service gave another address while nobody was signed in, the node learns it now. */
async function keepKnown() {
  const [who, endpoint] = told().split(" ");
  if (!endpoint || who !== officer()) return;
  const current = await subscription();
  if (current && current.endpoint !== endpoint) await tell("/notices/devices/", current, endpoint);
}

async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Show the one state that holds. */
function show(element, state) {
  for (const each of element.querySelectorAll("[data-when]")) each.hidden = each.dataset.when !== state;
}

behaviour("[data-push]", async (element) => {
  if (!able || !isSecureContext || !element.dataset.push) return show(element, "unsupported");
  if (Notification.permission === "denied") return show(element, "denied");
  const current = await subscription();
  const row = current && document.querySelector(`[data-push-device="${await digest(current.endpoint)}"]`);
  row?.querySelector("[data-push-here]")?.removeAttribute("hidden");
  show(element, row && Notification.permission === "granted" ? "on" : "off");
  element.querySelector("[data-push-on]").addEventListener("click", () => switchOn(element));
});

async function switchOn(element) {
  const failed = element.querySelector("[data-push-failed]");
  failed.hidden = true;
  if ((await Notification.requestPermission()) !== "granted") return show(element, Notification.permission === "denied" ? "denied" : "off");
  try {
    await navigator.serviceWorker.register(WORKER, { scope: "/" });
    const registration = await navigator.serviceWorker.ready;
    const current = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: element.dataset.push });
    await tell(element.dataset.add, current);
    location.reload();
  } catch {
    failed.hidden = false;
  }
}

// The time zone of this machine is offered where the officer has chosen none.
behaviour("select[data-own-zone]", (select) => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...select.options].some((option) => option.value === own)) select.value = own;
});
