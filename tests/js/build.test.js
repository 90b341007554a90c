import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import test from "node:test";
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from "node:zlib";
import { makeFiles } from "../../scripts/build.mjs";
import { ROOT } from "./places.js";

const files = await makeFiles({ isPartial: true });
const byPath = new Map(files.map(({ path, content }) => [path, content]));
const manifest = JSON.parse(byPath.get("manifest.json"));

test("the same sources give the same bytes", async () => {
  const again = await makeFiles({ isPartial: true });
  assert.deepEqual(again.map(({ path }) => path), files.map(({ path }) => path));
  for (const { path, content } of again) assert.ok(content.equals(byPath.get(path)), path);
});

test("the manifest names every file with its integrity", () => {
  assert.ok(Object.keys(manifest).length >= 4);
  for (const [logical, { file, integrity }] of Object.entries(manifest)) {
    const content = byPath.get(file.replace(/^dist\//, ""));
    const digest = createHash("sha384").update(content).digest("base64");
    assert.equal(integrity, `sha384-${digest}`, logical);
    assert.match(file, /-[0-9a-f]{10}\.[a-z0-9]+$/);
  }
});

test("every text file stands beside its compressed twins", () => {
  const texts = files.filter(({ path }) => /\.(js|css)$/.test(path));
  assert.ok(texts.length >= 3);
  for (const { path, content } of texts) {
    assert.ok(gunzipSync(byPath.get(`${path}.gz`)).equals(content), path);
    assert.ok(brotliDecompressSync(byPath.get(`${path}.br`)).equals(content), path);
  }
});

test("the page that stands alone lets nothing run but its own script and style", () => {
  const page = byPath.get(manifest["second-device.html"].file.replace("dist/", "")).toString();
  const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page);
  const [, style] = /<style>([^]*?)<\/style>/.exec(page);
  const [, script] = /<script type="module">([^]*?)<\/script>/.exec(page);
  assert.ok(script.length > 10_000 && style.length > 1_000);
  assert.ok(policy.startsWith("default-src 'none'; "), policy);
  assert.ok(policy.includes(`script-src ${hashOf(script)};`), policy);
  assert.ok(policy.includes(`style-src ${hashOf(style)};`), policy);
  assert.equal(page.split("<script").length, 2);
  assert.doesNotMatch(page.replace(script, "").replace(style, ""), /(src|href)=/);
});

test("style sheets name the typeface as it was built", () => {
  const style = byPath.get(manifest["font.css"].file.replace("dist/", "")).toString();
  const font = manifest["plus-jakarta-sans.woff2"].file.replace("dist/", "");
  assert.ok(style.includes(font), style);
});

test("no script loads or evaluates anything from elsewhere", () => {
  const scripts = files.filter(({ path }) => path.startsWith("vote/") && path.endsWith(".js"));
  for (const { path, content } of scripts) {
    const source = content.toString();
    assert.doesNotMatch(source, /\beval\(|new Function\(|https?:\/\/(?!www\.w3\.org)/, path);
  }
});

test("a build without its pages says which are missing", async () => {
  const pages = ["check-in-page.js", "cast-page.js", "worker.js"];
  const missing = pages.filter((page) => !existsSync(`${ROOT}static/js/vote/${page}`));
  const made = makeFiles();
  if (missing.length === 0) await made;
  else await assert.rejects(made, (error) => missing.every((page) => error.message.includes(page)));
});

test("the voting client is light (120 kB at most)", async () => {
  const { build } = await import("esbuild");
  const folder = `${ROOT}static/js/vote/`;
  const modules = ["client", "messages", "service", "vault"];
  const contents = modules.map((name) => `export * from "./${name}.js";`).join("\n");
  const made = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true, minify: true, write: false, format: "esm", target: "es2022",
  });
  const weight = brotliCompressSync(made.outputFiles[0].contents).length;
  assert.ok(weight < 30_000, `${weight} bytes compressed`);
  console.log(`voting client: ${weight} bytes compressed`);
});
