// Package wwetest is a simulated WWE in pure Go. A Host holds interactions as
// Workspace Web Edition does and answers widgets in the exact messages of its
// protocol, so that the logic of a panel runs under plain go test in
// milliseconds, and the same Host serves a real page (see wasm/desktop).
//
// A test builds a desk with Ring, Chat, Email, Preview and their like, acts as
// the agent, the customer and the supervisor with Do and its short forms, has
// the Host misbehave with Fault, and looks at what the widget did with
// Interactions and Requests.
//
// What the Host does is what Genesys documents. Where nothing is documented it
// guesses, and the comment at that place says "guess"; what a widget can
// notice of it can be switched in Config.
//
// It executes the requests of all namespaces.
package wwetest
