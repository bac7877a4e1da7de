// <a data-picture="png" href="...svg">: the chart's sheet, which the server draws, as PNG. With data-of="ID" it is the map of
// that element, as PNG or SVG: nobody but the browser knows which part of the world is shown.
import { behaviour } from "../behaviour.js";
import { h } from "../dom.js";
import { toast } from "../toast.js";
import { t } from "../strings.js";

const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "vector-effect", "font-size", "font-weight", "font-family", "text-anchor"];

/** A drawing of the page as a file of its own: with its looks in it, and without the addresses that it leads to. */
function alone(svg) {
  const copy = svg.cloneNode(true);
  const [originals, copies] = [svg, copy].map((root) => [...root.querySelectorAll("*")]);
  originals.forEach((original, at) => {
    const style = getComputedStyle(original);
    for (const look of LOOKS) copies[at].setAttribute(look, style.getPropertyValue(look));
    copies[at].removeAttribute("href");
  });
  const { width, height } = svg.getBoundingClientRect();
  for (const [name, value] of Object.entries({ xmlns: svg.namespaceURI, width, height })) copy.setAttribute(name, String(value));
  const ground = document.createElementNS(svg.namespaceURI, "rect");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: getComputedStyle(svg.parentElement).backgroundColor })) ground.setAttribute(name, value);
  copy.prepend(ground);
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

async function painted(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = h("canvas", { width: image.naturalWidth * 2, height: image.naturalHeight * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

behaviour("[data-picture]", (link) => link.addEventListener("click", async (event) => {
  event.preventDefault();
  const { picture, of, name } = link.dataset;
  const drawing = of ? document.querySelector(`#${of} svg.map`) : null;
  if (of && !drawing) return;
  try {
    const file = drawing ? alone(drawing) : null;
    const address = file ? URL.createObjectURL(file) : link.href;
    save(picture === "svg" ? file : await painted(address), `${name}.${picture}`);
    if (file) URL.revokeObjectURL(address);
  } catch (error) {
    console.warn(error);
    toast(t("server_failed"), "error");
  }
}));
