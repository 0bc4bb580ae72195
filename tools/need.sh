#!/usr/bin/env bash
# need.sh cc|chromium|shell|firefox|webkit|node|libraries: check that a dependency is installed; as root on Debian, install it.
set -euo pipefail

have_cc() { # including headers: the race detector links C code
	echo '#include <stdlib.h>' | $(go env CC) -E - >/dev/null 2>&1
}

have_chromium() {
	command -v chromium chromium-browser google-chrome >/dev/null
}

have_shell() {
	test -x /usr/lib/chromium/chromium-headless-shell
}

have_firefox() {
	command -v firefox-esr firefox >/dev/null
}

have_webkit() { # MiniBrowser needs a display, which Xvfb provides
	command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null && compgen -G '/usr/lib/*/webkit2gtk-4*/MiniBrowser' >/dev/null
}

have_node() { # Debian 12 has Node.js 18
	command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2>/dev/null
}

have_libraries() { # not available from npm
	test -f /usr/share/javascript/prototype/prototype.js -a -f /usr/share/javascript/mootools/mootools.js
}

case ${1-} in
cc) name='a C compiler' packages='gcc libc6-dev' ;;
chromium) name='Chromium' packages='chromium' ;;
shell) name="Chromium's headless shell" packages='chromium-headless-shell' ;;
firefox) name='Firefox ESR' packages='firefox-esr' ;;
webkit) name='WebKitGTK with its WebDriver, and Xvfb' packages='webkit2gtk-driver xvfb' ;;
node) name='Node.js 18 or newer with npm' packages='nodejs npm' ;;
libraries) name='Prototype 1.7 and MooTools 1.4' packages='libjs-prototype libjs-mootools' ;;
*) echo "usage: need.sh cc|chromium|shell|firefox|webkit|node|libraries" >&2 && exit 2 ;;
esac

"have_$1" && exit

if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
	echo "Installing $packages, as the tests need $name"
	export DEBIAN_FRONTEND=noninteractive
	log=$(mktemp)
	trap 'rm -f "$log"' EXIT
	# shellcheck disable=SC2086 # split into package names
	(apt-get update && apt-get install -y --no-install-recommends $packages) >"$log" 2>&1 || cat "$log" >&2
	"have_$1" && exit
fi
echo "The tests need $name: install it (on Debian: apt-get install $packages)." >&2
exit 1
