// The sentences that scripts say, in the page's language: base.html carries them as data.

/** @type {Record<string, string>|null} */
let strings = null;

/**
 * A translated sentence; `{name}` in it is filled in.
 * @param {string} key
 * @param {Record<string, string|number>} [values]
 */
export function t(key, values = {}) {
  strings ??= JSON.parse(document.getElementById("limen-strings")?.textContent || "{}");
  return (strings[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** A time of day, of 24 hours, in the language's digits. @param {Date} date */
export const timeOfDay = (date) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date);

/** A number as the language writes it. @param {number} value */
export const number = (value) => new Intl.NumberFormat(document.documentElement.lang).format(value);
