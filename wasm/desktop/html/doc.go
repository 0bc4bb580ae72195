// Package html adapts package elements to package dom, with which the desktop
// listens to its page. All text from WWE reaches the desktop's page through
// package html, as text and never as HTML.
package html
