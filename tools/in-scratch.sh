#!/usr/bin/env bash
# in-scratch.sh command...: run it with a TMPDIR of its own, so that no browser profile outlives it, however it ends.
set -euo pipefail
scratch=$(mktemp -d)
remove() {
	rm -rf "$scratch" 2>/dev/null || { sleep 1 && rm -rf "$scratch"; } # a dying browser may still write
}
trap remove EXIT
TMPDIR=$scratch "$@"
