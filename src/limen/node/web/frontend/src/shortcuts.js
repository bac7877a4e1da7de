// Keys for the whole page: / search, n new report, ? help; g then a letter goes somewhere. Never while typing.
// A page adds its own: any link or button with data-key="x" is clicked by it and listed in the help.
import { h, isTyping } from "./dom.js";
import { t } from "./strings.js";

let prefix = "";

/** Elements that carry a key, the last one winning. */
function keyed() {
  const found = new Map();
  for (const element of document.querySelectorAll("[data-key]")) found.set(element.dataset.key, element);
  return found;
}

function nameOf(element) {
  return element.dataset.keyLabel || element.getAttribute("aria-label") || element.textContent.trim().replace(/\s+/g, " ");
}

function help() {
  const rows = [["?", t("key_help")], ...[...keyed()].map(([key, element]) => [key, nameOf(element)])];
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "keys-title" },
    h("div", { class: "dialog-head" }, h("h2", { id: "keys-title" }, t("keys")),
      h("button", { type: "button", class: "button button-small", "data-close": true }, t("close"))),
    h("div", { class: "dialog-body" }, h("dl", { class: "facts" }, ...rows.map(([key, label]) =>
      h("div", {}, h("dt", {}, ...key.split(" ").flatMap((part, i) => [i ? " " : "", h("kbd", {}, part)])), h("dd", {}, label))))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const key = prefix ? `${prefix} ${event.key}` : event.key;
  prefix = !prefix && event.key === "g" ? "g" : "";
  if (prefix) return;
  if (key === "?") return event.preventDefault(), help();
  const element = keyed().get(key);
  if (!element || element.closest("[hidden]")) return;
  event.preventDefault();
  if (element.matches("input, select, textarea")) element.focus(), element.select?.();
  else element.click();
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-keys-help]")) help();
});
