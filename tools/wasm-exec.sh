#!/usr/bin/env bash
# go test -exec: run a test in headless Chromium.
# Go's js port has 8 KiB for a program's command line and environment together: hand it only what the browser needs.
set -euo pipefail
scratch=${TMPDIR:-/tmp}
exec env -i PATH="$PATH" HOME="$scratch" TMPDIR="$scratch" "$(dirname "$0")/../.bin/wasmbrowsertest" "$@"
