#!/usr/bin/env bash
# Finds the browser of the tests and the font that draws its emoji; on Debian, as root, installs what is missing.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

if [ -n "${CHROMIUM:-}" ]; then
  command -v "$CHROMIUM" >/dev/null 2>&1 || die "CHROMIUM names $CHROMIUM, which is no program"
  exit 0
fi

missing=()
if [ ! -x /usr/bin/chromium ]; then
  # Where Playwright's channel `chrome` looks.
  for chrome in /opt/google/chrome/chrome "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    [ -x "$chrome" ] && exit 0
  done
  missing+=(chromium)
fi
# Without it 💬 is drawn as an empty box.
if [ -e /etc/debian_version ] && [ ! -e /usr/share/fonts/truetype/noto/NotoColorEmoji.ttf ]; then
  missing+=(fonts-noto-color-emoji)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if [ ! -e /etc/debian_version ]; then
  die "no browser for the tests: install Google Chrome, or let CHROMIUM name a Chromium"
fi
[ "$(id -u)" -eq 0 ] || die "the tests need ${missing[*]}: sudo apt-get install ${missing[*]}"
say "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null </dev/null \
  || die "${missing[*]} could not be installed: is there a network? (apt-get says more above)"
