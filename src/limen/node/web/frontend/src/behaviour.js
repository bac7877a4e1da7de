// Gives elements their behaviour once, whether they came with the page or were swapped in later.

/** @type {Array<{selector: string, enhance: (element: HTMLElement) => void}>} */
const behaviours = [];
/** @type {WeakMap<Element, Set<string>>} */
const done = new WeakMap();

/**
 * Say what an element that matches the selector can do.
 * @param {string} selector
 * @param {(element: any) => void} enhance called once for each element
 */
export function behaviour(selector, enhance) {
  behaviours.push({ selector, enhance });
}

/** @param {ParentNode & Node} root */
function apply(root) {
  for (const { selector, enhance } of behaviours) {
    const found = [...root.querySelectorAll(selector)];
    if (root instanceof Element && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      const names = done.get(element) ?? new Set();
      if (names.has(selector)) continue;
      done.set(element, names.add(selector));
      enhance(/** @type {HTMLElement} */ (element));
    }
  }
}

/** Enhance the page now, and whatever is added to it from now on. */
export function start() {
  apply(document);
  new MutationObserver((records) => {
    for (const record of records) for (const node of record.addedNodes) if (node instanceof Element) apply(node);
  }).observe(document.documentElement, { childList: true, subtree: true });
}
