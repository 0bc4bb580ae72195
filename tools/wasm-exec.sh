#!/usr/bin/env bash
# For go test -exec: run a test in the browser named by ENGINE.
# Go's js port limits a program's command line and environment to 8 KiB, so pass only the variables that the browser needs.
set -euo pipefail
scratch=${TMPDIR:-/tmp}
engine=${ENGINE:-chromium}
[[ $engine == chromium ]] && runner=wasmbrowsertest || runner=wasmtest
exec env -i PATH="$PATH" HOME="$scratch" TMPDIR="$scratch" ENGINE="$engine" "$(dirname "$0")/../.bin/$runner" "$@"
