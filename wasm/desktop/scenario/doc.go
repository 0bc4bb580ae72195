// Package scenario holds what happens to a simulated WWE as steps: the functions
// of window.wweHost with their arguments.
//
// A Scenario is a list of steps in a JSON file. The desktop plays it, and so can
// a test, see Play and Gallery. A Recording is the steps that a person took on
// the desktop. It becomes a Go test or a Playwright test.
package scenario
