// Builds one file per widget from js/ and css/. `node build.mjs [OUT]`; OUT defaults to built/.
// A module `js/NAME.js` whose first line is `// entry` becomes OUT/NAME.js; `css/NAME.css` beside
// it becomes OUT/NAME.css with family.css in front. Where its first line is `/* with A.css B.css */`,
// css/A.css and css/B.css stand between them. The first line of each built script names its sources and
// their SHA-256, so that a stale one is found without Node.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "built");
mkdirSync(out, { recursive: true });

const entries = readdirSync(join(here, "js"))
  .filter((file) => file.endsWith(".js"))
  .filter((file) => readFileSync(join(here, "js", file), "utf8").startsWith("// entry"))
  .map((file) => file.slice(0, -3))
  .sort();

/** @param {string} name */
function sheet(name) {
  const file = join(here, "css", `${name}.css`);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

for (const name of entries) {
  const made = await build({
    entryPoints: [join(here, "js", `${name}.js`)],
    absWorkingDir: here,
    bundle: true,
    format: "esm",
    target: ["es2022"],
    minify: true,
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
  });
  const sources = Object.keys(made.metafile.inputs).map((file) => basename(file)).sort();
  const sum = createHash("sha256");
  for (const file of sources) sum.update(readFileSync(join(here, "js", file)));
  const first = `// built from ${sources.join(" ")} sha256 ${sum.digest("hex")}\n`;
  writeFileSync(join(out, `${name}.js`), first + made.outputFiles[0].text);
  const own = sheet(name);
  const others = /^\/\* with ([\w. ]+) \*\//.exec(own)?.[1].split(" ") ?? [];
  const css = [sheet("family"), ...others.map((file) => sheet(file.replace(/\.css$/, ""))), own].filter(Boolean);
  writeFileSync(join(out, `${name}.css`), css.join("\n"));
}
console.log(`built ${entries.join(", ")}`);
