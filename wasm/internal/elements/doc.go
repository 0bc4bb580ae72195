// Package elements makes and changes elements of the page, with as little code
// as a page that is loaded into every agent's desktop should have. Text that
// comes from WWE reaches the panel's page only through it, as text and never as
// HTML. The desktop uses it by package html.
package elements
