// Light, dark or as the system: at once, and remembered by the server's cookie.
import { behaviour } from "./behaviour.js";
import { send } from "./requests.js";

behaviour("form[data-theme-form]", (form) => {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.value) return;
    event.preventDefault();
    document.documentElement.dataset.theme = button.value;
    for (const other of form.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
    document.dispatchEvent(new CustomEvent("limen:theme"));
    send(form.action, { method: "POST", body: new URLSearchParams({ theme: button.value }) }).catch(() => {});
  });
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new CustomEvent("limen:theme")));
