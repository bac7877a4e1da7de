// <a data-exhibit="UID" data-region="0">: shows a place in the page's viewer, which hears "limen:show"; without scripts the
// link opens the picture.
import { behaviour } from "./behaviour.js";

behaviour("a[data-exhibit]", (link) => link.addEventListener("click", (event) => {
  const viewer = document.querySelector("limen-viewer");
  if (!viewer?.stage || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const region = link.dataset.region === undefined ? null : Number(link.dataset.region);
  const asked = new CustomEvent("limen:show", { cancelable: true, detail: { id: link.dataset.exhibit, region } });
  if (viewer.dispatchEvent(asked)) {
    const index = viewer.images.findIndex((image) => image.dataset.id === link.dataset.exhibit);
    if (index >= 0) viewer.show(index);
  }
  viewer.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  for (const step of document.querySelectorAll(".case-step[aria-current]")) step.removeAttribute("aria-current");
  link.closest(".case-step")?.setAttribute("aria-current", "step");
}));
