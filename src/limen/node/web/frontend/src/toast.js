// Short messages that come and go; announced politely, errors stay until closed.
import { behaviour } from "./behaviour.js";
import { h, icon } from "./dom.js";
import { t } from "./strings.js";

const ICONS = { success: "success", warning: "warning", error: "danger", info: "info" };
const SECONDS = 7;

/**
 * Show a message.
 * @param {string} message
 * @param {"info"|"success"|"warning"|"error"} [level]
 */
export function toast(message, level = "info") {
  const area = document.getElementById("toasts");
  if ([...(area?.children ?? [])].some((other) => other.textContent?.trim() === message)) return;
  area?.append(h("div", { class: `toast toast-${level}`, "data-toast": level }, icon(ICONS[level] ?? "info"), h("p", {}, message)));
}

behaviour("[data-toast]", (element) => {
  const close = () => element.remove();
  element.append(h("button", { type: "button", class: "toast-close", "aria-label": t("close"), on: { click: close } }, icon("close")));
  if (element.dataset.toast === "error") return;
  let timer = setTimeout(close, SECONDS * 1000);
  const wait = () => clearTimeout(timer);
  element.addEventListener("pointerenter", wait);
  element.addEventListener("focusin", wait);
  element.addEventListener("pointerleave", () => { timer = setTimeout(close, SECONDS * 1000); });
});
