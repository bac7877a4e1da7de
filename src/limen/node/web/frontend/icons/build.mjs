// One sprite of the icons that icons.json names: a Lucide icon each, or a file of ours in own/.
import { readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const lucide = join(here, "..", "node_modules", "lucide-static", "icons");

/** The children of an <svg> file, without comments and superfluous space. */
function inner(svg) {
  return svg.replace(/<!--.*?-->/gs, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "")
    .replace(/\s+/g, " ").replace(/> </g, "><").trim();
}

export async function buildSprite(file) {
  const names = JSON.parse(await readFile(join(here, "icons.json"), "utf8"));
  const symbols = await Promise.all(Object.entries(names).map(async ([name, source]) => {
    const own = join(here, "own", `${name}.svg`);
    const path = existsSync(own) ? own : join(lucide, `${source}.svg`);
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"` +
      ` stroke-linecap="round" stroke-linejoin="round">${inner(await readFile(path, "utf8"))}</symbol>`;
  }));
  await writeFile(file, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}
