// [role=tablist] with [role=tab aria-controls]: arrow keys move, panels show and hide. Tabs that are links need none of this.
import { behaviour } from "./behaviour.js";

behaviour('[role="tablist"]', (list) => {
  const tabs = [...list.querySelectorAll('[role="tab"]')];
  const choose = (tab, focus = true) => {
    for (const other of tabs) {
      const on = other === tab;
      other.setAttribute("aria-selected", String(on));
      other.tabIndex = on ? 0 : -1;
      const panel = document.getElementById(other.getAttribute("aria-controls"));
      if (panel) panel.hidden = !on;
    }
    if (focus) tab.focus();
  };
  list.addEventListener("click", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (tab) choose(tab);
  });
  list.addEventListener("keydown", (event) => {
    const rtl = getComputedStyle(list).direction === "rtl";
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    const at = tabs.indexOf(document.activeElement);
    if (step && at >= 0) choose(tabs[(at + step + tabs.length) % tabs.length]);
    else if (event.key === "Home") choose(tabs[0]);
    else if (event.key === "End") choose(tabs.at(-1));
    else return;
    event.preventDefault();
  });
  choose(tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ?? tabs[0], false);
});
