// Command desktop is the simulated WWE of web/desktop.html. It runs a
// wwetest.Host in the page and shows the widget in an iframe from another
// origin.
//
// The command runs in a browser only. Build it with GOOS=js and GOARCH=wasm, as
// make build does.
package main
