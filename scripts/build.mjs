/**
 * Builds what browsers load: `npm run build` fills static/dist.
 *
 *   site.js, suara.css, font.css, booth.css    bundled, minified
 *   plus-jakarta-sans.woff2                    the latin subset of the typeface
 *   vote/check-in.js, vote/cast.js, vote/worker.js
 *                                              the voting client, one whole file a page
 *   img/...                                    pictures of static/img
 *
 * Every file's name holds a hash of its content, and text files stand beside their .gz and .br.
 * dist/manifest.json tells each logical name's file, from static/, and its integrity. The same
 * sources and packages give the same bytes.
 *
 * A missing source fails the build before anything is written; `--partial` builds without it.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join, parse } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const DIST = join(ROOT, "static/dist");
const FONT = "plus-jakarta-sans.woff2";
const FONT_FOLDER = "node_modules/@fontsource-variable/plus-jakarta-sans/files";
const FONT_SOURCE = `${FONT_FOLDER}/plus-jakarta-sans-latin-wght-normal.woff2`;
const PICTURES = "static/img";

/** What is bundled: logical name → source. */
const SITE = {
  "site.js": "static/js/site.js",
  "suara.css": "static/css/suara.css",
  "booth.css": "static/css/booth.css",
  "font.css": "static/css/font.css",
  "booth.css": "static/css/booth.css",
};
const VOTE = {
  "vote/check-in.js": "static/js/vote/check-in-page.js",
  "vote/cast.js": "static/js/vote/cast-page.js",
  "vote/worker.js": "static/js/vote/worker.js",
  "vote/worker.js": "static/js/vote/worker.js",
};
// Old phones read the site; voting needs Ed25519, which came after this syntax.
const GROUPS = [
  { entries: SITE, target: "es2019" },
  { entries: VOTE, target: "es2022" },
];

const TEXT = new Set([".js", ".css", ".svg"]);
const MOST_VOTING_BYTES = 120_000; // compressed, each page of the voting client
const HASH_LETTERS = 10;

/** A build that cannot be made; the message says what is missing. */
class BuildError extends Error {}

/** A file's name with a hash of its content, and the logical name it stands for. */
function named(logical, content) {
  const { dir, name, ext } = parse(logical);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, HASH_LETTERS);
  return { logical, path: join(dir, `${name}-${hash}${ext}`), content };
}

/** The typeface and the pictures, as they are. */
function copies() {
  const pictures = existsSync(join(ROOT, PICTURES)) ? readdirSync(join(ROOT, PICTURES)).sort() : [];
  const font = named(FONT, readFileSync(join(ROOT, FONT_SOURCE)));
  const images = pictures.map((name) =>
    named(`img/${name}`, readFileSync(join(ROOT, PICTURES, name))),
  );
  return [font, ...images];
}

/** Lets style sheets name the typeface and the pictures by their logical names. */
const linksTo = (files) => ({
  name: "links",
  setup(build) {
    build.onResolve({ filter: /\.(woff2|svg|png|webp)$/ }, ({ path }) => {
      const wanted = path.replace(/^(\.{1,2}\/)+/, "");
      const found = files.find(({ logical }) => logical === wanted);
      return found && { path: `./${found.path}`, external: true };
    });
  },
});

async function bundle({ entries, target }, files) {
  const { build } = await import("esbuild");
  const outputs = Object.entries(entries).map(async ([logical, source]) => {
    const made = await build({
      absWorkingDir: ROOT,
      entryPoints: [source],
      outfile: join(DIST, logical),
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      target,
      charset: "utf8",
      legalComments: "none",
      logLevel: "warning",
      plugins: [linksTo(files)],
    });
    return named(logical, Buffer.from(made.outputFiles[0].contents));
  });
  return Promise.all(outputs);
}

/** The compressed twins of a text file. */
function compressed({ path, content }) {
  if (!TEXT.has(extname(path))) return [];
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return [
    { path: `${path}.gz`, content: gzipSync(content, { level: 9 }) },
    { path: `${path}.br`, content: brotliCompressSync(content, { params: quality }) },
  ];
}

function manifestOf(files) {
  const entries = files.map(({ logical, path, content }) => {
    const digest = createHash("sha384").update(content).digest("base64");
    return [logical, { file: `dist/${path}`, integrity: `sha384-${digest}` }];
  });
  entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.from(`${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
}

/** The sources that are not there, each with what it is for. */
function missingSources() {
  const sources = GROUPS.flatMap(({ entries }) => Object.entries(entries));
  return sources.filter(([, source]) => !existsSync(join(ROOT, source)));
}

function checkWeight(files) {
  for (const { path, content } of files) {
    const isVoting = path.startsWith("vote/") && path.endsWith(".gz");
    if (isVoting && content.length > MOST_VOTING_BYTES) {
      throw new BuildError(`${path} has ${content.length} bytes; the bar is ${MOST_VOTING_BYTES}`);
    }
  }
}

/**
 * Every file of static/dist, made in memory: `{path, content}`, the manifest last. Throws
 * BuildError for missing sources, unless `isPartial`.
 */
export async function makeFiles({ isPartial = false } = {}) {
  const missing = missingSources();
  if (missing.length > 0 && !isPartial) {
    const lines = missing.map(([logical, source]) => `  ${source} (for ${logical})`);
    throw new BuildError(`these sources are missing:\n${lines.join("\n")}`);
  }
  const absent = new Set(missing.map(([logical]) => logical));
  const linked = copies();
  const groups = GROUPS.map(({ entries, target }) => {
    const present = Object.entries(entries).filter(([logical]) => !absent.has(logical));
    return bundle({ entries: Object.fromEntries(present), target }, linked);
  });
  const files = [...linked, ...(await Promise.all(groups)).flat()];
  const twins = files.flatMap(compressed);
  checkWeight(twins);
  return [...files, ...twins, { path: "manifest.json", content: manifestOf(files) }];
}

function write(files) {
  rmSync(DIST, { recursive: true, force: true });
  for (const { path, content } of files) {
    mkdirSync(dirname(join(DIST, path)), { recursive: true });
    writeFileSync(join(DIST, path), content);
  }
}

function report(files) {
  const sizes = new Map(files.map(({ path, content }) => [path, content.length]));
  for (const { logical, path, content } of files) {
    const small = sizes.get(`${path}.br`);
    const note = small ? `, ${small} compressed` : "";
    if (logical) console.log(`${logical}: ${content.length} bytes${note}`);
  }
}

async function main() {
  const isPartial = process.argv.includes("--partial");
  for (const [logical, source] of isPartial ? missingSources() : []) {
    console.warn(`built without ${logical}: ${source} is missing`);
  }
  const files = await makeFiles({ isPartial });
  write(files);
  report(files);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main().catch((error) => {
    const isPackage = error.code === "ENOENT" || error.code === "ERR_MODULE_NOT_FOUND";
    const hint = isPackage ? "\nIs node_modules complete? Run: npm ci" : "";
    const reason = error instanceof BuildError || isPackage ? error.message : error.stack;
    console.error(`build: ${reason}${hint}`);
    process.exitCode = 1;
  });
}
