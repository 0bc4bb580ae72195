#!/usr/bin/env bash
# go test -exec: run a test in the browser that ENGINE names.
# Go's js port has 8 KiB for a program's command line and environment together: hand it only what the browser needs.
set -euo pipefail
scratch=${TMPDIR:-/tmp}
engine=${ENGINE:-chromium}
[[ $engine == chromium ]] && runner=wasmbrowsertest || runner=wasmtest
exec env -i PATH="$PATH" HOME="$scratch" TMPDIR="$scratch" ENGINE="$engine" "$(dirname "$0")/../.bin/$runner" "$@"
