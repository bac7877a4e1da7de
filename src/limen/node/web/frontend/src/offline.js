// Says when the network is gone, and shows that a page is on its way.
import { h, icon } from "./dom.js";
import { t } from "./strings.js";

const note = h("div", { class: "offline-note", role: "status", hidden: true });
document.querySelector(".topbar")?.after(note);
function show() {
  note.hidden = navigator.onLine;
  note.replaceChildren(...(navigator.onLine ? [] : [icon("offline"), t("offline")]));
}
addEventListener("online", show);
addEventListener("offline", show);
show();

const bar = h("div", { class: "pagebar", "aria-hidden": "true" });
document.body.append(bar);
let timer = 0;
addEventListener("beforeunload", () => { timer = setTimeout(() => bar.classList.add("is-busy"), 150); });
addEventListener("pageshow", () => { clearTimeout(timer); bar.classList.remove("is-busy"); });
