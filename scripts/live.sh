#!/usr/bin/env bash
# Runs the conformance list on a real CometChat app instead of the emulator: what differs there is to be mended here.
# It makes users and groups of its own, and takes them away again; what cannot be tried there says why.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

for variable in COMETCHAT_APP_ID COMETCHAT_REGION COMETCHAT_REST_API_KEY; do
  [ -n "${!variable:-}" ] || die "$variable is missing: it stands in CometChat's dashboard; use an app that is for tests alone"
done
case $COMETCHAT_REGION in
  us | eu | in) ;;
  *) die "COMETCHAT_REGION is $COMETCHAT_REGION: it has to be us, eu or in" ;;
esac

scripts/check-programs.sh
scripts/setup.sh end2end
scripts/browser.sh
cd end2end
# One worker and more time: every step crosses the network, and an app has limits for all its calls together.
CONFORMANCE_LIVE=1 npx --no-install playwright test --project conformance --workers 1 --timeout 180000 "$@"
