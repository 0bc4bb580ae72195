// Package wwetest is a simulated WWE in pure Go. A Host holds interactions as
// Workspace Web Edition does, and answers widgets with the exact messages of
// WWE's protocol. The logic of a panel therefore runs under plain go test, in
// milliseconds. The same Host also serves a real page, see wasm/desktop.
//
// A test builds a desk with Ring, Chat, Email, Preview and the like. It acts as
// the agent, the customer and the supervisor with Do and its short forms. It
// makes the Host misbehave with Fault, and checks the widget's actions with
// Interactions and Requests.
//
// The Host executes every request of all namespaces, including those for
// outbound campaigns, toasts, dialogs and views in the menu bar.
//
// The Host behaves as Genesys documents. Where Genesys documents nothing it
// guesses, and the comment at that place says "guess". Config has switches for
// the guesses that a widget is likely to notice.
package wwetest
