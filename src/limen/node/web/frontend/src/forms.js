// Conveniences of forms: sent on change, sent once, errors found by the eye.
import { behaviour } from "./behaviour.js";
import { toast } from "./toast.js";
import { t } from "./strings.js";

behaviour("[data-submit-on-change]", (control) => {
  control.addEventListener("change", () => control.form?.requestSubmit());
});

// A second click does not send a form twice; coming back to the page by the browser's button lets it be sent again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.dataset.many !== undefined) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => form.removeAttribute("data-sent")));

behaviour(".error-summary", (summary) => summary.focus());

behaviour("[data-copy]", (button) => {
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard?.writeText(source?.value ?? source?.textContent?.trim() ?? button.dataset.copy);
    toast(t("copied"), "success");
  });
});

behaviour("[data-print]", (button) => button.addEventListener("click", () => print()));

// A textarea or input that shows how much room is left.
behaviour("[data-counter][maxlength]", (control) => {
  const counter = document.getElementById(control.dataset.counter);
  const show = () => { if (counter) counter.textContent = t("left", { count: control.maxLength - control.value.length }); };
  control.addEventListener("input", show);
  show();
});
