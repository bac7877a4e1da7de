// <details class="menu">: closes on Escape, on a click elsewhere, and when focus leaves it.
import { behaviour } from "./behaviour.js";

behaviour("details.menu", (menu) => {
  const summary = menu.querySelector("summary");
  document.addEventListener("pointerdown", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    summary?.focus();
    event.stopPropagation();
  });
});
