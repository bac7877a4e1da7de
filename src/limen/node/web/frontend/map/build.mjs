// The world's map for the charts, from Natural Earth by way of world-atlas: cut at the antimeridian (uncut shapes draw
// stripes across Russia and Fiji), joined to three-letter codes, and written as differences of hundredths of a degree,
// which compress to less than half of GeoJSON. src/charts/world.js reads it.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { geoEquirectangular } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import { feature } from "topojson-client";
import { SHAPES_WITHOUT_NUMBER, SHOWN_BY } from "./join.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const read = async (path) => JSON.parse(await readFile(path, "utf8"));
const cut = geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).precision(0);

/** One ring as [x, y, dx, dy, ...] in hundredths of a degree; empty when nothing is left of it. */
function encode(ring) {
  const out = [];
  let [x, y] = [0, 0];
  for (const [lon, south] of ring) {
    const [a, b] = [Math.round(lon * 100), Math.round(-south * 100)];
    if (out.length && a === x && b === y) continue;
    out.push(a - x, b - y);
    [x, y] = [a, b];
  }
  return out.length >= 8 ? out : [];
}

function polygons({ type, coordinates }) {
  return (type === "Polygon" ? [coordinates] : coordinates)
    .map((rings) => rings.map(encode).filter((ring) => ring.length)).filter((rings) => rings.length);
}

async function buildMap(detail, numeric) {
  const atlas = await read(join(here, "..", "node_modules", "world-atlas", `countries-${detail}.json`));
  const shapes = new Map();
  for (const { id, properties, geometry } of geoProject(feature(atlas, atlas.objects.countries), cut).features) {
    const code = id ? numeric[id] : SHAPES_WITHOUT_NUMBER[properties.name];
    if (code === undefined) throw new Error(`The atlas has a shape that map/join.mjs does not know: ${properties.name}`);
    if (code === "ATA" || !geometry) continue;
    const key = code || properties.name;
    const shape = shapes.get(key) ?? { code, name: properties.name, polygons: [] };
    if (id) shape.name = properties.name;
    shape.polygons.push(...polygons(geometry));
    shapes.set(key, shape);
  }
  return { shownBy: SHOWN_BY, shapes: [...shapes.values()] };
}

export async function buildMaps(out) {
  const numeric = await read(join(here, "numeric.json"));
  for (const detail of ["110m", "50m"]) {
    await writeFile(join(out, `world-${detail}.json`), JSON.stringify(await buildMap(detail, numeric)));
  }
}
