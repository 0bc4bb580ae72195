#!/usr/bin/env bash
# Every check runs for both worlds: files tagged js are invisible to a native run, and the other way round.
set -euo pipefail
cd "$(dirname "$0")/.."
staticcheck=$PWD/.bin/staticcheck

# Another release may format otherwise, or find more: that is for whoever takes it up.
case $(go env GOVERSION) in
go1.26* | go1.27*) ;;
*)
	if [[ ${1-} != strict ]]; then
		tools/lint.sh strict || echo "warning: lint fails with $(go env GOVERSION), which is not one of the releases that this project supports" >&2
		exit
	fi
	;;
esac

unformatted=$("$(go env GOROOT)/bin/gofmt" -l .)
if [[ -n $unformatted ]]; then
	printf 'not formatted by gofmt:\n%s\n' "$unformatted" >&2
	exit 1
fi

check() {
	go vet "$@"
	"$staticcheck" "$@"
}

# What ships to the browser stays small: these would double it.
if banned=$(GOOS=js GOARCH=wasm go list -deps ./wasm/wwe ./wasm/panel | grep -xE 'encoding/json|log/slog|net/http|text/template|fmt|reflect|honnef.co/.*|github.com/.*'); then
	printf 'must not ship to the browser:\n%s\n' "$banned" >&2
	exit 1
fi

# The library compiles on every platform.
for os in windows darwin wasip1; do
	arch=amd64
	[[ $os == wasip1 ]] && arch=wasm
	GOOS=$os GOARCH=$arch go build ./wasm/wwe ./wasm/wwetest
done

go mod tidy -diff
check ./...
GOOS=js GOARCH=wasm check ./...

cd tools
go mod tidy -diff
check ./...
GOOS=js GOARCH=wasm check ./bench/contestants ./bench/size/...
