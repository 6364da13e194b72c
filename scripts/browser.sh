#!/usr/bin/env bash
# Finds the browser of the tests and the font that draws its emoji; on Debian, as root, installs what is missing.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

# As end2end/browser.ts chooses: the one that CHROMIUM names, Debian's, or where Playwright's channel `chrome` looks.
has_browser() {
  if [ -n "${CHROMIUM:-}" ]; then
    case $CHROMIUM in
      /*) ;;
      */*) die "CHROMIUM=$CHROMIUM: give an absolute path, or a name on the PATH" ;;
    esac
    command -v "$CHROMIUM" >/dev/null 2>&1 || die "CHROMIUM names $CHROMIUM, which is no program"
    return 0
  fi
  local path
  for path in /usr/bin/chromium /opt/google/chrome/chrome "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    [ -x "$path" ] && return 0
  done
  return 1
}

# Without one 💬 (U+1F4AC) is drawn as an empty box.
has_emoji_font() {
  [ -e /usr/share/fonts/truetype/noto/NotoColorEmoji.ttf ] \
    || [ -n "$(fc-list ':charset=1f4ac' 2>/dev/null || true)" ]
}

missing=()
has_browser || missing+=(chromium)
if [ -e /etc/debian_version ] && ! has_emoji_font; then missing+=(fonts-noto-color-emoji); fi
[ ${#missing[@]} -eq 0 ] && exit 0

if [ ! -e /etc/debian_version ]; then
  die "no browser for the tests: install Google Chrome, or let CHROMIUM name a Chromium"
fi
[ "$(id -u)" -eq 0 ] || die "the tests need ${missing[*]}: sudo apt-get install ${missing[*]}"
say "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null </dev/null \
  || die "${missing[*]} could not be installed: is there a network? (apt-get says more above)"
