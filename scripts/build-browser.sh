#!/usr/bin/env bash
# Builds the browser half for development into target/site/pkg, under the names that `cargo leptos` uses.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

name=leptos-cometchat
package=$project/target/site/pkg
stamp=$project/target/site/.wasm-bindgen

cargo build --lib --target wasm32-unknown-unknown --features hydrate --profile wasm-dev

wasm=$target/wasm32-unknown-unknown/wasm-dev/leptos_cometchat.wasm
current="$(locked_version wasm-bindgen) $(cksum <"$wasm")"
[ "$(cat "$stamp" 2>/dev/null || true)" = "$current" ] && exit 0

rm -rf "$package"
mkdir -p "$package" || die "the folder $package cannot be written"
wasm-bindgen --target web --no-typescript --out-dir "$package" --out-name "$name" "$wasm"
mv "$package/${name}_bg.wasm" "$package/$name.wasm"
printf '%s\n' "$current" >"$stamp"
