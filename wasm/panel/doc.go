// Command panel is the agent panel that web/panel.js mounts into a page. It shows the agent's
// interactions in WWE and lets the agent act on them. One program serves all panels of a page.
//
// It runs only in a browser: build it with GOOS=js and GOARCH=wasm, as make build does.
package main
