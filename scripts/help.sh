#!/usr/bin/env bash
# Prints the Makefile's targets, each with the sentence that stands behind its `##`.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

say "leptos-cometchat: secure real-time chat for Rust web sites"
awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $1, $2 }' Makefile
