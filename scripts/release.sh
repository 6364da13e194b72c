#!/usr/bin/env bash
# Builds dist/: the server without the emulator, and the site under hashed names with its compressed forms.
# Fails when the browser half is over its budget, when the emulator got into the server,
# or when the server starts without a CometChat app.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

scripts/check-programs.sh
find_target
scripts/check-folders.sh
scripts/setup.sh

# Short paths in panic messages: fewer bytes, and nothing of the machine that built them.
sources=${CARGO_HOME:-$HOME/.cargo}/registry/src
remap="\"--remap-path-prefix=$sources=crates\", \"--remap-path-prefix=$project=.\""
# The browser half makes one digest per login: small is better than fast there.
small='"--cfg", "sha2_backend_soft=\"compact\""'

bindings=$target/wasm-bindgen
rm -rf "$bindings" dist
mkdir -p "$bindings" dist || die "the folder $project/dist cannot be written"

# build_browser LANGUAGE: the browser half with the texts of that language alone.
build_browser() {
  local output=$bindings/$1
  # A cdylib alone: with the rlib beside it, rustc silently leaves link-time optimisation out (rust-lang/cargo#9672).
  WIDGET_LANGUAGE=$1 cargo rustc --locked --lib --crate-type cdylib --target wasm32-unknown-unknown --features hydrate \
    --profile "${WASM_PROFILE:-wasm-release}" --config "target.wasm32-unknown-unknown.rustflags=[$remap, $small]"
  wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section \
    --out-dir "$output" --out-name app "$target/wasm32-unknown-unknown/${WASM_PROFILE:-wasm-release}/leptos_cometchat.wasm"
  # Twice, and over a flat form of it: 2 kB of brotli less than once.
  node_modules/.bin/wasm-opt --flatten --rereloop -Oz --one-caller-inline-max-function-size=20 -Oz \
    --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals \
    --enable-reference-types --minify-imports-and-exports-and-modules \
    "$output/app_bg.wasm" -o "$output/app.wasm" >"$output/names.json"
  node scripts/shorten-names.mjs "$output/app.js" "$output/names.json" "$output/app.wasm"
}

for language in en fr; do build_browser "$language"; done
cargo build --locked --release --bin leptos-cometchat --features ssr --config "build.rustflags=[$remap]"

server=$target/release/leptos-cometchat
if LC_ALL=C grep -aq -e cometchat_emulator -e cometchat-emulator "$server"; then
  die "the emulator is in the release's server: nothing of it may be linked without the feature \`emulator\`"
fi
cp "$server" dist/

node scripts/package-site.mjs "$bindings" dist
node scripts/check-refusal.mjs dist/leptos-cometchat
node scripts/check-sizes.mjs dist
