// Package wwetest is a simulated WWE in pure Go. A Host holds interactions as
// Workspace Web Edition does and answers widgets in the exact messages of its
// protocol, so that the logic of a panel runs under plain go test in
// milliseconds, and the same Host serves a real page (see wasm/desktop).
//
// What the Host does is what Genesys documents. Where nothing is documented it
// guesses, and the comment at that place says "guess": the texts of refusals,
// above all, and that it refuses by an errorMessage and not by silence.
//
// This version knows voice calls and the fifteen requests of the interaction
// namespace, and sends the events of the topics "interaction", "markdone" and
// "media" that belong to them; Emit sends any other.
package wwetest
