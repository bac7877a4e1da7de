// Small helpers that build elements without HTML strings, so that no label can inject markup.

/**
 * Make an element. Attributes: `class`, any attribute, `on` for listeners; false and null are left out.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child || child === ""));
  return element;
}

/** An icon of the sprite. @param {string} name */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.documentElement.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

let count = 0;
/** An id that no other element has. @param {string} prefix */
export const uid = (prefix) => `${prefix}-${++count}`;

/** @param {(...args: any[]) => void} callback @param {number} wait milliseconds */
export function debounce(callback, wait) {
  let timer = 0;
  const later = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => callback(...args), wait);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** Whether keys typed at this element are text. @param {EventTarget|null} target */
export function isTyping(target) {
  return target instanceof Element && Boolean(target.closest("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]"));
}
