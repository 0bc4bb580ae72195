// Package scenario describes events in a simulated WWE as steps: functions of
// window.wweHost with their arguments.
//
// A Scenario is a list of steps in a JSON file. The desktop plays it, and so can
// a test, see Play and Gallery. A Recording is the steps that a person took on
// the desktop. It becomes a Go test or a Playwright test.
package scenario
