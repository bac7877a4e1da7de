// Reads the map that map/build.mjs wrote: rings of differences in hundredths of a degree, to paths of SVG in degrees.

const maps = new Map();

/** One ring; the second half of each pair counts northward, SVG's southward. */
function ring(numbers) {
  let path = `M${numbers[0] / 100} ${-numbers[1] / 100}l`;
  for (let at = 2; at < numbers.length; at += 2) path += `${numbers[at] / 100} ${-numbers[at + 1] / 100} `;
  return `${path}z`;
}

async function read(url) {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const { shapes, shownBy } = await response.json();
  return { shownBy, shapes: shapes.map(({ code, name, polygons }) => ({ code: code || name, path: polygons.flat().map(ring).join("") })) };
}

/**
 * The shapes of the world, read once, and which shape shows a code that has none.
 * @param {boolean} fine
 */
export function world(fine) {
  const url = document.documentElement.dataset[fine ? "worldFine" : "world"];
  if (!maps.has(url)) maps.set(url, read(url));
  return maps.get(url);
}
