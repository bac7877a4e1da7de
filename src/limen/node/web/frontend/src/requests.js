// Requests to our own server: the CSRF token goes along, and a failure becomes a sentence.
import { t } from "./strings.js";
import { toast } from "./toast.js";

const token = () => document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";

/**
 * Send something and get the answer. Throws TypeError when the server was not reached.
 * @param {string} url
 * @param {RequestInit & {accept?: string}} [options]
 */
export function send(url, { accept = "application/json", headers = {}, ...options } = {}) {
  return fetch(url, {
    credentials: "same-origin",
    ...options,
    headers: { Accept: accept, "X-CSRFToken": token(), "X-Requested-With": "fetch", ...headers },
  });
}

export const csrfToken = token;

/** What an answer says went wrong: a problem's detail, or a sentence for its status. @param {Response} response */
export async function explain(response) {
  const type = response.headers.get("Content-Type") ?? "";
  if (type.includes("json")) {
    const problem = await response.json().catch(() => ({}));
    if (problem.detail && typeof problem.detail === "string") return problem.detail;
  }
  return sentence(response.status);
}

/** @param {number} status */
export function sentence(status) {
  if (status === 413) return t("too_large");
  if (status === 429) return t("too_many");
  if (status === 403 || status === 404) return t("not_there");
  if (status === 401) return t("signed_out");
  return status >= 500 ? t("server_failed") : t("not_accepted");
}

// htmx 4 swaps error pages in unless told otherwise: only what the server made for the purpose (HX-Retarget, or a form
// with its errors, 422) is shown; anything else becomes a toast.
document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRFToken"] = token();
});
document.addEventListener("htmx:before:response", (event) => {
  const response = event.detail.ctx.response;
  if (response.status < 400 || response.status === 422 || response.headers.get("HX-Retarget")) return;
  event.preventDefault();
  toast(sentence(response.status), "error");
});
document.addEventListener("htmx:error", (event) => {
  const name = event.detail.error?.name;
  if (event.detail.ctx && (name === "TypeError" || event.detail.error === "timeout")) toast(t("not_reached"), "error");
});
