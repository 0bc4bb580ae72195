// Package jsvalue touches values of JavaScript that are not ours. Whatever the
// page or WWE made of them and of JavaScript's own objects, nothing that they do
// ends the program.
package jsvalue
