// Package elements creates and modifies elements of the page. It is small because every agent's desktop
// loads it. The panel inserts WWE's texts only through this package, as text and never as HTML. The
// desktop page uses it through package html.
package elements
