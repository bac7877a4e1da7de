// <dialog>: opened by [data-dialog="id"], closed by [data-close] or a click beside it.
// A form with data-confirm="Sentence" is sent after a yes; so is a button with it.
import { behaviour } from "./behaviour.js";
import { h } from "./dom.js";
import { t } from "./strings.js";

behaviour("[data-dialog]", (button) => {
  button.addEventListener("click", (event) => {
    const dialog = document.getElementById(button.dataset.dialog);
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    dialog.showModal();
  });
});

behaviour("dialog", (dialog) => {
  dialog.addEventListener("click", (event) => {
    const inside = event.target.closest?.("[data-close]");
    if (event.target === dialog || inside) dialog.close(inside?.value ?? "");
  });
  if ("open" in dialog.dataset) dialog.showModal();
});

/**
 * Ask a question that is answered by yes or no.
 * @param {string} question @param {{yes?: string, danger?: boolean}} [options]
 * @returns {Promise<boolean>}
 */
export function ask(question, { yes = t("yes"), danger = false } = {}) {
  return new Promise((answer) => {
    const dialog = h("dialog", { class: "dialog", "aria-label": question, role: "alertdialog" },
      h("div", { class: "dialog-body" }, h("p", {}, question)),
      h("div", { class: "dialog-foot" },
        h("button", { type: "button", class: "button", "data-close": true, value: "" }, t("cancel")),
        h("button", { type: "button", class: `button ${danger ? "button-danger" : "button-primary"}`, "data-close": true, value: "yes" }, yes)));
    dialog.addEventListener("close", () => {
      answer(dialog.returnValue === "yes");
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const source = event.submitter?.dataset.confirm ? event.submitter : form;
  const question = source.dataset?.confirm;
  if (!question || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  ask(question, { yes: submitter?.textContent.trim() || undefined, danger: source.matches(".button-danger, [data-danger]") }).then((yes) => {
    if (!yes) return;
    form.dataset.confirmed = "1";
    form.requestSubmit(submitter);
    delete form.dataset.confirmed;
  });
}, true);

// htmx's own hx-confirm asks in the same dialog instead of the browser's.
document.addEventListener("htmx:confirm", (event) => {
  const question = event.detail.ctx?.confirm;
  if (!question) return;
  event.preventDefault();
  ask(question).then((yes) => (yes ? event.detail.issueRequest() : event.detail.dropRequest()));
});
