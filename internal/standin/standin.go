// Package standin holds a stand-in for the official WWE Service Client API, the JavaScript object genesys.wwe.service. Tests
// load it into a page to see that our bridge survives what that client does, its defects included.
package standin

import _ "embed"

// Client is the text of the stand-in: a classic script that defines window.genesys.wwe.service when it runs.
//
// It is not the official client and holds none of its text. It was written from a public description of that client's
// behaviour: request names, wire format, time-outs, and the defects that pages meet. It is used by the tests and never
// shipped. The head of the script names the globals by which a test shortens its time-out, silences its log, or makes it an
// older client.
//
//go:embed client.js
var Client string

// WWE is the script of a page that plays WWE to the page around it.
//
//go:embed wwe.js
var WWE string
