#!/usr/bin/env bash
# Builds the browser half for development into target/site/pkg, under the names that `cargo leptos` uses.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"
find_target

name=leptos-cometchat
package=$project/target/site/pkg
# In the folder whose content it describes, so that it goes with it.
stamp=$package/.wasm-bindgen

cargo build --locked --lib --target wasm32-unknown-unknown --features hydrate --profile wasm-dev

wasm=$target/wasm32-unknown-unknown/wasm-dev/leptos_cometchat.wasm
current="$(locked_version wasm-bindgen) $(cksum <"$wasm")"
# `cargo leptos` writes into the same folder, and its files are then newer than the stamp.
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$current" ] && [ -e "$package/$name.wasm" ] && [ -e "$package/$name.js" ] \
  && [ ! "$package/$name.wasm" -nt "$stamp" ]; then
  exit 0
fi

rm -rf "$package"
mkdir -p "$package" || die "the folder $package cannot be written"
wasm-bindgen --target web --no-typescript --out-dir "$package" --out-name "$name" "$wasm"
mv "$package/${name}_bg.wasm" "$package/$name.wasm"
printf '%s\n' "$current" >"$stamp"
