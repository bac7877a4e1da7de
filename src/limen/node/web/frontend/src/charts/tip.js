// What a mark of a chart stands for (its <title>) beside the pointer at once; the browser's own hint takes a second.
import { h } from "../dom.js";

const box = h("div", { class: "chart-tip chart-tip-near", hidden: true });

/** What the nearest mark around an element says; its title is kept aside, or the browser would say it too. */
function told(element) {
  for (let at = element; at instanceof SVGElement; at = at.parentElement) {
    const title = at.querySelector(":scope > title");
    if (title) {
      at.dataset.told = title.textContent;
      title.remove();
    }
    if (at.dataset.told) return at.dataset.told;
  }
  return "";
}

document.addEventListener("pointerover", (event) => {
  const [first, ...rest] = told(event.target).split("\n");
  box.hidden = !first;
  box.replaceChildren(h("b", {}, first), ...rest.map((line) => h("span", {}, line)));
  if (!box.isConnected) document.body.append(box);
});

document.addEventListener("pointermove", (event) => {
  if (box.hidden) return;
  const { width, height } = box.getBoundingClientRect();
  const x = event.clientX + 14 + width > innerWidth ? event.clientX - 14 - width : event.clientX + 14;
  const y = Math.max(4, Math.min(event.clientY + 14, innerHeight - height - 4));
  box.style.transform = `translate(${Math.max(4, x)}px, ${y}px)`;
}, { passive: true });
