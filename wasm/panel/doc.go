// Command panel is the agent panel that web/panel.js mounts into a page: it
// shows the interactions that the agent has in WWE and lets the agent act on
// them. One program serves all panels of a page.
//
// It runs in a browser only: build it with GOOS=js and GOARCH=wasm, as make build does.
package main
