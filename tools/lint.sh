#!/usr/bin/env bash
# Run every check twice, natively and for js/wasm: each run ignores the files built only for the other.
set -euo pipefail
cd "$(dirname "$0")/.."
staticcheck=$PWD/.bin/staticcheck

# An unsupported Go release may format differently or report more problems, so its failures are only warnings.
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

# These packages would double the size of the programs that browsers load.
if banned=$(GOOS=js GOARCH=wasm go list -deps ./wasm/wwe ./wasm/panel | grep -xE 'encoding/json|log/slog|net/http|text/template|fmt|reflect|honnef.co/.*|github.com/.*'); then
	printf 'must not ship to the browser:\n%s\n' "$banned" >&2
	exit 1
fi

# The library must compile on every platform.
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

cd docs
go mod tidy -diff
check ./...
