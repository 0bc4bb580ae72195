// Command desktop is the simulated WWE of web/desktop.html: a wwetest.Host in
// the page, with the widget in an iframe on an origin of its own.
//
// It runs in a browser only: build it with GOOS=js and GOARCH=wasm, as make build does.
package main
