# Flags for every go test, for example: make test-browser GOTESTFLAGS='-count=20'
GOTESTFLAGS =
# The engine for browser tests: chromium, firefox or webkit.
ENGINE = chromium
export ENGINE
# The tests to run, as a pattern for go test -run.
RUN = .
# Patterns of the main tests, which test-stories runs.
CONFORMANCE = Conformance|Hostile
STORIES = AFailureSurfaces|ACallFromRinging|EveryActionOfThePanel|ThePanelSetsStates|HowThePanelStands|ThePanelFitsItsWidth|WhatCustomersWriteIsText|TheFocusIsNeverLost|$\
	TwoPanelsOnOnePage|TheElement|WhatCannotBeLoaded|EachKindOfWork|ThePanelFollowsTheIframe|APageWithWWEInItsIframe|DistAsAPersonHostsIt|ForgedMessages|$\
	ALongList|Scrollbars|AgentStateCanBeRead|LoadsItsProgramOnce
# -p 1 because each package starts a browser.
BROWSERTESTFLAGS = -p 1 -count=1 -timeout 20m -run '$(RUN)' -exec="'$(CURDIR)/tools/wasm-exec.sh'"
# A surrounding Go workspace would hide the tools module. GOOS and GOARCH must apply only to the pages' programs.
export GOWORK = off
unexport GOOS GOARCH

ifeq ($(filter $(ENGINE),chromium firefox webkit),)
$(error ENGINE is chromium, firefox or webkit, not "$(ENGINE)")
endif

.PHONY: help install run build dist npm docs site test test-stories stories-scrollbars test-engines test-go test-release lint bench bench-size test-native test-browser test-e2e screenshots approve pictures clean tools FORCE
.NOTPARALLEL: # the stages of test share two cores and a browser

help: ## print the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /make \1	/p' Makefile | expand -t 20

install: ## install the command wwe (in GOBIN, or in GOPATH/bin)
	@go install -buildvcs=false ./cmd/wwe
	@dir="$$(go env GOBIN)"; dir="$${dir:-$$(go env GOPATH)/bin}"; echo "wwe is installed in $$dir."; \
		case ":$$PATH:" in *":$$dir:"*) ;; *) echo "That folder is not in your PATH. Add it: export PATH=\"\$$PATH:$$dir\"" ;; esac

run: build ## build the pages, serve the simulated desktop (PORT=8080, WIDGET_PORT=8081)
	@go build -buildvcs=false -o .bin/wwe ./cmd/wwe
	@WWE_RUN_BY_MAKE=1 .bin/wwe desktop

build: web/panel.wasm web/desktop.wasm web/runtime.js ## build the pages

# No inlining except in the JSON reader, Go's runtime and packages that would not gain: 4 % smaller, with no noticeable slowdown.
SMALL = $(foreach package,time strings internal/stringslite sync syscall/... wwebridge/...,-gcflags='$(package)=-l') -gcflags='wwebridge/internal/jsontext='
web/%.wasm: FORCE
	@GOOS=js GOARCH=wasm go build -buildvcs=false -trimpath -ldflags='-s -w' $(SMALL) -o $@ ./wasm/$*

wasm_exec.js: FORCE # must match the compiler
	@cp -f "$$(go env GOROOT)/lib/wasm/wasm_exec.js" $@

web/runtime.js: wasm_exec.js web/runtime.in.js # Go's own script, isolated from the page
	@sed -e '/^[[:space:]]*\/\/ wasm_exec.js$$/{r wasm_exec.js' -e 'd;}' web/runtime.in.js >$@

dist: build npm ## build dist/, the panel to host or to install by npm (needs ORIGIN=https://wwe.example.com; STRIP=1 makes it smaller)
	$(if $(STRIP),@tools/strip.sh web/panel.wasm .bin/panel.wasm)
	@go run -buildvcs=false ./cmd/wwe build -origin "$(ORIGIN)" $(if $(STRIP),-program .bin/panel.wasm)

npm: build ## build dist-npm/, the simulated desktop as the npm package wwe-desktop
	@cd tools && go run -buildvcs=false ./npm

test: lint bench-size test-native test-browser test-e2e test-stories ## run everything in Chromium, the main stories in Firefox and WebKit too

test-stories: stories-firefox stories-webkit ## run the main stories in Firefox and WebKit

test-engines: all-chromium all-firefox all-webkit stories-scrollbars ## run every browser test in every engine, and the stories beside scrollbars

stories-scrollbars: ## run the main stories in Chromium beside scrollbars that take up room
	@$(MAKE) --no-print-directory ENGINE=chromium SCROLLBARS=visible RUN='$(STORIES)' test-e2e

stories-%:
	@$(MAKE) --no-print-directory ENGINE=$* RUN='$(CONFORMANCE)' PACKAGES='./wasm/wwe ./wasm/wwetest' test-browser
	@$(MAKE) --no-print-directory ENGINE=$* RUN='$(STORIES)' test-e2e

all-%:
	@$(MAKE) --no-print-directory ENGINE=$* test-browser test-e2e

test-go: ## run everything with another release of Go (GO=go1.27.3), which is downloaded
	@$(if $(GO),,$(error name the release: make test-go GO=go1.27.3))
	@GOTOOLCHAIN=$(GO) $(MAKE) test

test-release: lint bench-size test-native test-browser dist ## run what a release of Go can change (GOTOOLCHAIN=go1.27.3)

lint: tools ## check format, tidiness, vet and staticcheck
	@tools/lint.sh

test-native: ## run the tests that need no browser
	@tools/need.sh cc
	@go test -race -count=1 -timeout 20m $(GOTESTFLAGS) ./...
	@cd tools && go test -race -count=1 -timeout 20m $(GOTESTFLAGS) ./npm ./bench ./strip ./internal/...
	@cd tools/docs && go test -count=1 -timeout 20m $(GOTESTFLAGS) ./...

PACKAGES = ./wasm/... ./internal/...
test-browser: tools ## run the tests that are compiled to WebAssembly (ENGINE=chromium)
	@tools/need.sh $(ENGINE)
	@tools/in-scratch.sh env GOOS=js GOARCH=wasm go test $(BROWSERTESTFLAGS) $(GOTESTFLAGS) $(PACKAGES)

# The tests and the benchmark run the panel in the simulated desktop.
test-e2e test-release bench pictures: ORIGIN = http://localhost:8080

# The browser drivers are tested first: if a driver hid failures, the results of the other tests would mean nothing.
test-e2e: dist tools cmd/wwe/templates/javascript/node_modules tools/e2e/node_modules ## run the end-to-end tests (ENGINE=chromium)
	@tools/need.sh $(ENGINE)
	@tools/need.sh libraries
	@cd tools && ./in-scratch.sh go test -p 1 -count=1 -timeout 10m ./drive ./wasmtest
	@cd tools/e2e && ../in-scratch.sh go test -count=1 -timeout 60m -run '$(RUN)' $(GOTESTFLAGS) # run in its folder, so that go test prints the skipped tests

screenshots: ## take a picture of every state of the panel, light and dark, at 258 and 480 px, in .screenshots/
	@$(MAKE) --no-print-directory PICTURES=all pictures
	@echo "The pictures are in .screenshots/."

approve: ## approve how the panel looks: new pictures in tools/e2e/testdata/approved/, to look at before they are committed
	@$(MAKE) --no-print-directory PICTURES=approved pictures
	@echo "The pictures are in tools/e2e/testdata/approved/. Look at them."

pictures: dist tools cmd/wwe/templates/javascript/node_modules tools/e2e/node_modules
	@tools/need.sh chromium
	@cd tools/e2e && ../in-scratch.sh env ENGINE=chromium PICTURES=$(PICTURES) go test -count=1 -run '^TestThePanelLooksAsApproved$$'

bench: dist .bench/bench.wasm ## measure speed and size beside others, in .bench/ (BASE=report.json of an earlier run)
	@tools/need.sh chromium
	@cd tools && ./in-scratch.sh go run -buildvcs=false ./bench -base "$(abspath $(BASE))"

bench-size: build ## check that the programs are not larger than they may be
	@cd tools && go run -buildvcs=false ./bench -size

.bench/bench.wasm: FORCE
	@cd tools && GOOS=js GOARCH=wasm go build -buildvcs=false -trimpath -ldflags='-s -w' -o ../$@ ./bench/contestants

%/node_modules: %/package-lock.json
	@tools/need.sh node
	@cd $* && npm ci --silent && touch node_modules

clean: ## delete what make has built
	@rm -rf .bin .bench .screenshots .site dist dist-npm wasm_exec.js web/*.wasm web/runtime.js cmd/wwe/templates/javascript/node_modules tools/e2e/node_modules tools/site/node_modules tools/site/.source

docs: ## write docs/reference from the comments in the source
	@cd tools/docs && go run -buildvcs=false .

site: build tools/site/node_modules ## build .site/, the documentation with a live demo (SITE=/folder/, its path on the server)
	@cd tools/site && SITE='$(SITE)' node build.mjs

tools:
	@cd tools && go build -o ../.bin/ tool ./wasmtest
