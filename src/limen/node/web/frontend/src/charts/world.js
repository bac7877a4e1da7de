// Reads the map that map/build.mjs wrote: rings of differences in hundredths of a degree, back to GeoJSON.

const maps = new Map();

function ring(numbers) {
  const points = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < numbers.length; at += 2) {
    x += numbers[at];
    y += numbers[at + 1];
    points.push([x / 100, y / 100]);
  }
  return points;
}

async function read(url) {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const { shapes, shownBy } = await response.json();
  const features = shapes.map(({ code, name, polygons }) => ({
    type: "Feature",
    properties: { name: code || name },
    geometry: { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(ring)) },
  }));
  return { geo: { type: "FeatureCollection", features }, shownBy };
}

/**
 * Register the map with ECharts once; returns its name and which shape shows a code that has none.
 * @param {any} echarts @param {boolean} fine
 */
export function world(echarts, fine) {
  const name = fine ? "world-fine" : "world";
  if (!maps.has(name)) {
    const url = document.documentElement.dataset[fine ? "worldFine" : "world"];
    maps.set(name, read(url).then(({ geo, shownBy }) => {
      echarts.registerMap(name, geo);
      return { name, shownBy };
    }));
  }
  return maps.get(name);
}
