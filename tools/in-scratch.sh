#!/usr/bin/env bash
# in-scratch.sh command...: run a command with its own TMPDIR, which is deleted afterwards with all browser profiles in it.
set -euo pipefail
scratch=$(mktemp -d)
remove() {
	rm -rf "$scratch" 2>/dev/null || { sleep 1 && rm -rf "$scratch"; } # a browser that is ending may still write
}
trap remove EXIT
TMPDIR=$scratch "$@"
