// Package html is package elements for package dom, with which the desktop
// listens to its page. Text that comes from WWE reaches the desktop's page only
// through it, as text and never as HTML.
package html
