// The look of a chart from the style sheet's custom properties, so that light and dark are said once.

export function look(element) {
  const style = getComputedStyle(element);
  const get = (name) => style.getPropertyValue(`--${name}`).trim();
  const series = Array.from({ length: 8 }, (_, at) => get(`series-${at + 1}`));
  return {
    series, ink: get("ink"), ink2: get("ink-2"), ink3: get("ink-3"), line: get("line"), surface: get("surface"), accent: get("accent"),
    font: style.fontFamily,
    still: matchMedia("(prefers-reduced-motion: reduce)").matches, rtl: style.direction === "rtl",
  };
}

export const number = (value) => new Intl.NumberFormat(document.documentElement.lang).format(value);

/** What all options share. The tooltip is made of elements: markup with style attributes would offend the policy. */
export function base(theme) {
  return {
    animation: !theme.still,
    animationDuration: 250,
    color: theme.series,
    textStyle: { fontFamily: theme.font, color: theme.ink2, fontSize: 12 },
    aria: { enabled: false, decal: { show: false } },
  };
}

export function tooltip(theme, lines) {
  return {
    confine: true,
    backgroundColor: theme.surface,
    borderColor: theme.line,
    textStyle: { color: theme.ink, fontFamily: theme.font, fontSize: 13 },
    formatter(event) {
      const box = document.createElement("div");
      box.className = "chart-tip";
      for (const [at, text] of lines(event).filter(Boolean).entries()) {
        const line = document.createElement(at ? "span" : "b");
        line.textContent = text;
        box.append(line);
      }
      return box;
    },
  };
}
