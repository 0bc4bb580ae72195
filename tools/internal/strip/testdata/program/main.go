// This program tests the parts of Go's tables that strip keeps. It collects garbage
// while stacks are deep and growing, recovers from panics, and ends with a panic. A
// test checks its output in a browser.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	fmt.Println("deep", deep(5000, nil, []string{"the first"}))
	fmt.Println("recovered", recovered([]int{1, 2}, 7))
	fmt.Println("recovered", recoveredTooDeep(), recoveredInTime())
	_, file, line, _ := runtime.Caller(0)
	fmt.Println("at", file, line)
	stop("the end")
}

// link is an object on the stack; its text is reachable only from there.
type link struct {
	next *link
	text string
}

// deep has pointers in each stack frame, to objects with pointers of their own, while
// the stack grows and the garbage collector runs.
func deep(depth int, before *link, texts []string) string {
	own := link{before, fmt.Sprint("link ", depth)}
	if depth == 0 {
		collect()
		for l, n := &own, 0; l != nil; l, n = l.next, n+1 {
			if l.text != fmt.Sprint("link ", n) {
				panic("the collector has taken a link that was in use")
			}
		}
		return texts[0]
	}
	if depth%1000 == 0 {
		collect()
	}
	list := []string{texts[0], fmt.Sprint(depth)}
	result := deep(depth-1, &own, list)
	if list[1] != fmt.Sprint(depth) {
		panic("the collector has taken a list that was in use")
	}
	return result
}

var rubbish []any

// collect collects garbage and overwrites the freed memory.
func collect() {
	runtime.GC()
	for range 20000 {
		rubbish = append(rubbish, []string{"rubbish", "rubbish"}, fmt.Sprint("rubbish"))
	}
	rubbish = nil
}

func recovered(list []int, at int) (message string) {
	defer func() { message = fmt.Sprint(recover()) }()
	return fmt.Sprint(list[at])
}

// recoveredTooDeep returns false: recover has no effect in a function that a deferred
// function calls. The deferred function is a wrapper, into which calls and (*own).calls
// are inlined.
func recoveredTooDeep() bool {
	return recovers(func() { defer calls(1); panic("too deep") }) || recovers(func() { defer method(itself{new(own)}); panic("too deep") })
}

// recoveredInTime returns true, because wrappers do not count.
func recoveredInTime() bool {
	return recovers(func() { defer func(int) { recover() }(1); panic("in time") })
}

type own int
type itself struct{ *own } // has a wrapper of (*own).calls

var method = itself.calls // a variable, so that the wrapper is called

func (*own) calls() { recoverHere() }
func calls(int)     { recoverHere() }

func recoverHere() {
	if recover() != nil {
		fmt.Println("recovered what it must not")
	}
}

// recovers reports whether f recovers from its own panic.
func recovers(f func()) (recovered bool) {
	defer func() {
		if recover() != nil {
			recovered = false
		}
	}()
	recovered = true
	f()
	return recovered
}

//go:noinline
func stop(why string) { panic(why) }
