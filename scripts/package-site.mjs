// Makes the site of a release: bundles and minifies, names each file after its content, writes the compressed forms
// beside it, and lists the names in assets.json, which the server reads at its start (src/server/assets).
// Usage: node scripts/package-site.mjs <folder with wasm-bindgen's output per language> <dist>
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const [bindings, dist] = process.argv.slice(2);
const site = join(dist, 'site');
const compressible = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.wasm', '.webmanifest', '.xml']);

// What is named from the site's root is there at run time. (esbuild's own `external: ['/*']` would also mean every file
// whose path on this machine begins with a slash: all of them.)
const fromTheRoot = {
  name: 'from-the-root',
  setup: ({ onResolve }) => onResolve({ filter: /^\// }, ({ path, kind }) => (kind === 'entry-point' ? null : { path, external: true })),
};

// A page without the newest CSS nesting or ES modules could not run the WASM either: nothing is lowered.
async function bundle(entry) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry], bundle: true, minify: true, format: 'esm', target: 'es2022', legalComments: 'none',
    write: false, metafile: true, plugins: [fromTheRoot], logLevel: 'warning',
  });
  // A file that was left outside is nowhere in a release.
  const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path)).filter((path) => !path.startsWith('/'));
  if (outside.length > 0) throw new Error(`${entry}: not bundled: ${outside.join(', ')}`);
  return Buffer.from(outputFiles[0].contents);
}

function write(path, content) {
  writeFileSync(path, content);
  if (!compressible.has(extname(path))) return;
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}

function writeHashed(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const extension = extname(name);
  const address = `/pkg/${name.slice(0, -extension.length)}.${hash}${extension}`;
  write(join(site, address), content);
  return address;
}

mkdirSync(join(site, 'pkg'), { recursive: true });
// The browser half, once for each language.
const programs = {};
for (const language of readdirSync(bindings)) {
  const folder = join(bindings, language);
  programs[language] = {
    script: writeHashed(`app-${language}.js`, await bundle(join(folder, 'app.js'))),
    wasm: writeHashed(`app-${language}.wasm`, readFileSync(join(folder, 'app.wasm'))),
  };
}
const names = {
  programs,
  page_style: writeHashed('main.css', await bundle('style/main.css')),
  widget_style: writeHashed('widget.css', await bundle('style/widget.css')),
  sdk: writeHashed('cometchat-sdk.js', readFileSync('node_modules/@cometchat/chat-sdk-javascript/CometChat.js')),
};
// The server gives an address to each file right in public/, and to no folder.
for (const entry of existsSync('public') ? readdirSync('public', { withFileTypes: true }) : []) {
  if (entry.isFile()) write(join(site, entry.name), readFileSync(join('public', entry.name)));
}
writeFileSync(join(dist, 'assets.json'), `${JSON.stringify(names, null, 2)}\n`);
