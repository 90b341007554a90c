/**
 * Builds what browsers load: `npm run build` fills static/dist.
 *
 *   site.js, suara.css, font.css, booth.css, verify.css, intake.css
 *                                              bundled, minified
 *   plus-jakarta-sans.woff2                    the latin subset of the typeface
 *   vote/check-in.js, vote/cast.js, vote/worker.js
 *                                              the voting client, one whole file a page
 *   verify/page.js, verify/worker.js           the verifier: its page, and what does the work
 *   second-device.js, second-device.html       the check of one's own ballot: for the site's page,
 *                                              and as one file that anybody can keep and host
 *   trustee.js                                 a trustee's page
 *   passkeys/enrol.js, passkeys/desk.js
 *                                              enrolling a passkey; the officer's desk
 *   push/page.js, push/worker.js               news on this device: the settings' button, and what
 *                                              shows a message
 *   img/...                                    pictures of static/img
 *
 * Every file's name holds a hash of its content, and text files stand beside their .gz and .br.
 * dist/manifest.json tells each logical name's file, from static/, and its integrity. The same
 * sources and packages give the same bytes.
 *
 * A missing source fails the build before anything is written; `--partial` builds without it. All
 * is written beside static/dist, which then takes its name: a running site never sees half of it.
 */
import { createHash } from "node:crypto";
import {
  existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync,
} from "node:fs";
import { dirname, extname, join, parse } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const DIST = join(ROOT, "static/dist");
// Folders of this name are built ones, which git leaves alone.
const NEXT = join(ROOT, "static/.next/dist");
const PAST = join(ROOT, "static/.past/dist");
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
  "intake.css": "static/css/intake.css",
  "verify.css": "static/css/verify.css",
};
const VOTE = {
  "vote/check-in.js": "static/js/vote/check-in-page.js",
  "vote/cast.js": "static/js/vote/cast-page.js",
  "vote/worker.js": "static/js/vote/worker.js",
};
const CHECKS = {
  "verify/page.js": "static/js/verify/page/page.js",
  "verify/worker.js": "static/js/verify/worker.js",
  "second-device.js": "static/js/second-device/page.js",
};
/** One page in one file: its script and style stand in it. */
const ALONE = {
  logical: "second-device.html",
  shell: "static/js/second-device/alone.html",
  script: "static/js/second-device/page.js",
  style: "static/css/second-device-alone.css",
};
const TRUSTEES = { "trustee.js": "static/js/trustee/page.js" };
const PASSKEYS = {
  "passkeys/enrol.js": "static/js/passkeys/enrol.js",
  "passkeys/desk.js": "static/js/passkeys/desk-page.js",
};
const PUSH = {
  "push/page.js": "static/js/push/page.js",
  "push/worker.js": "static/js/push/worker.js",
};
// Old phones read the site; voting needs Ed25519, which came after this syntax.
const GROUPS = [
  { entries: SITE, target: "es2019" },
  { entries: VOTE, target: "es2022" },
  { entries: PUSH, target: "es2020" },
  { entries: PASSKEYS, target: "es2022" },
  { entries: TRUSTEES, target: "es2022" },
  { entries: CHECKS, target: "es2022" },
];

const TEXT = new Set([".js", ".css", ".svg", ".html"]);
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

/** One source with everything it imports, minified. */
async function bundled(source, target, files) {
  const { build } = await import("esbuild");
  const made = await build({
    absWorkingDir: ROOT,
    entryPoints: [source],
    outdir: DIST,
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
  return Buffer.from(made.outputFiles[0].contents);
}

async function bundle({ entries, target }, files) {
  const outputs = Object.entries(entries).map(async ([logical, source]) =>
    named(logical, await bundled(source, target, files)),
  );
  return Promise.all(outputs);
}

/**
 * The page that stands alone. Its own policy names the hashes of its script and style: nothing
 * else may run in it, wherever it is kept.
 */
async function alone({ logical, shell, script, style }) {
  const page = readFileSync(join(ROOT, shell), "utf8");
  const parts = {
    script: (await bundled(script, "es2022", [])).toString().replaceAll("</script", "<\\/script"),
    style: (await bundled(style, "es2022", [])).toString().replaceAll("</style", "<\\/style"),
  };
  const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const filled = page.replace(/\{(script|style)(-hash)?\}/g, (_, name, isHash) =>
    isHash ? hashOf(parts[name]) : parts[name],
  );
  return named(logical, Buffer.from(filled));
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
  const { logical, ...parts } = ALONE;
  const sources = [
    ...GROUPS.flatMap(({ entries }) => Object.entries(entries)),
    ...Object.values(parts).map((source) => [logical, source]),
  ];
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
  const whole = absent.has(ALONE.logical) ? [] : [await alone(ALONE)];
  const files = [...linked, ...(await Promise.all(groups)).flat(), ...whole];
  const twins = files.flatMap(compressed);
  checkWeight(twins);
  return [...files, ...twins, { path: "manifest.json", content: manifestOf(files) }];
}

function write(files) {
  for (const folder of [NEXT, PAST]) rmSync(dirname(folder), { recursive: true, force: true });
  for (const { path, content } of files) {
    mkdirSync(dirname(join(NEXT, path)), { recursive: true });
    writeFileSync(join(NEXT, path), content);
  }
  mkdirSync(dirname(PAST), { recursive: true });
  if (existsSync(DIST)) renameSync(DIST, PAST);
  renameSync(NEXT, DIST);
  for (const folder of [NEXT, PAST]) rmSync(dirname(folder), { recursive: true, force: true });
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
