// Builds what the browser loads into ../static/limen/: `npm ci --ignore-scripts && node build.mjs`, or `make web`.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildMaps } from "./map/build.mjs";
import { buildSprite } from "./icons/build.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "limen");

// Chrome 109 and Firefox 115 are the last for Windows 7, which border posts still run.
const target = ["chrome109", "firefox115", "safari15.6"];

/** css/dark.css holds declarations only: they apply when chosen, and when the system asks and nothing is chosen. */
const darkTwice = {
  name: "dark-twice",
  setup(bundler) {
    bundler.onLoad({ filter: /dark\.css$/ }, async ({ path }) => {
      const body = await readFile(path, "utf8");
      return {
        contents: `:root[data-theme="dark"] { ${body} }
          @media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${body} } }`,
        loader: "css",
      };
    });
  },
};

const shared = { bundle: true, minify: true, target, legalComments: "none", logLevel: "warning" };
const banner = { js: "/* Limen; with htmx (0BSD). See NOTICE. */" };

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([
  build({ ...shared, banner, entryPoints: [join(here, "src/app.js")], outfile: join(out, "app.js"), format: "iife" }),
  build({ ...shared, entryPoints: [join(here, "src/service-worker.js")], outfile: join(out, "service-worker.js"), format: "iife" }),
  build({ ...shared, entryPoints: [join(here, "src/charts/index.js")], outfile: join(out, "charts.js"), format: "esm",
    banner: { js: "/* Limen; with Apache ECharts (Apache-2.0) and zrender (BSD-3-Clause). See NOTICE. */" } }),
  build({ ...shared, entryPoints: [join(here, "src/charts/map.js")], outfile: join(out, "map.js"), format: "esm" }),
  build({ ...shared, entryPoints: [join(here, "src/practice.js")], outfile: join(out, "practice.js"), format: "iife" }),
  build({ ...shared, entryPoints: [join(here, "src/linkchart.js")], outfile: join(out, "linkchart.js"), format: "iife" }),
  build({ ...shared, entryPoints: [join(here, "css/index.css")], outfile: join(out, "app.css"), plugins: [darkTwice] }),
  build({ ...shared, entryPoints: [join(here, "css/linkchart.css")], outfile: join(out, "linkchart.css") }),
  build({ ...shared, entryPoints: [join(here, "css/static.css")], outfile: join(out, "static.css") }),
  buildMaps(out),
  buildSprite(join(out, "icons.svg")),
]);
/** The licences of what the files contain, whole, beside them. */
async function licences() {
  const packages = ["htmx.org", "echarts", "zrender", "tslib", "lucide-static", "world-atlas"];
  const texts = await Promise.all(packages.map(async (name) => {
    const folder = join(here, "node_modules", name);
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no licence file`);
    return `${name} ${version}\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
  }));
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

await writeFile(join(out, "licences.txt"), await licences());
await writeFile(join(out, "logo.svg"), await readFile(join(here, "icons", "logo.svg")));
