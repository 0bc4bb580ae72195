// Package jsvalue accesses JavaScript values that belong to the page or to WWE. Such
// values, and even JavaScript's built-in objects, may have been altered in any way.
// This package ensures that nothing they do ends the program.
package jsvalue
