// Package wwe is a typed Go API to genesys.wwe.service, through which an agent
// panel in an iframe talks to Genesys Workspace Web Edition (WWE). It is for Go
// compiled to WebAssembly, and compiles on every platform.
//
// Connect gives a Service. Its methods wait for WWE's answer, at most until
// their context's deadline (8 seconds if it has none, see WithTimeout), and
// end in a value or an error, never in silence. In a handler of DOM events,
// where nothing may block, use Service.Go, Async or a goroutine.
//
// Most panels want the interactions as they are now: Service.Watch gives a
// mirror that WWE's events keep current. Service.Subscribe gives the events
// themselves, typed, on a channel; Service.GuardMarkDone blocks mark done while
// something is missing. Service.Call sends any request that has no method here.
//
// To test a widget without WWE, on any platform, connect it to the simulated
// one of package wwetest.
package wwe
