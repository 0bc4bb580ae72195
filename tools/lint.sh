#!/usr/bin/env bash
# Every check runs for both worlds: files tagged js are invisible to a native run, and the other way round.
set -euo pipefail
cd "$(dirname "$0")/.."
staticcheck=$PWD/.bin/staticcheck

unformatted=$("$(go env GOROOT)/bin/gofmt" -l .)
if [[ -n $unformatted ]]; then
	printf 'not formatted by gofmt:\n%s\n' "$unformatted" >&2
	exit 1
fi

check() {
	go vet ./...
	"$staticcheck" ./...
}

go mod tidy -diff
check
GOOS=js GOARCH=wasm check

cd tools
go mod tidy -diff
check
