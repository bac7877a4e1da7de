// The step of a case study whose place the viewer shows (viewer.js follows the link): marked as the current one.
import { behaviour } from "./behaviour.js";

behaviour(".case-step a[data-exhibit]", (link) => link.addEventListener("click", () => {
  for (const step of document.querySelectorAll(".case-step[aria-current]")) step.removeAttribute("aria-current");
  link.closest(".case-step").setAttribute("aria-current", "step");
}));
