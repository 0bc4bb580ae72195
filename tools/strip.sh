#!/usr/bin/env bash
# strip.sh program.wasm stripped.wasm: strip a copy of a program. If strip does not support the Go release, only warn, and copy the
# program as it is: it then takes longer to load.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p "$(dirname "$2")"
cp "$1" "$2"
go -C tools run -buildvcs=false ./strip "$PWD/$2" || echo "warning: $1 is not stripped: compressed, it is a quarter larger to load" >&2
