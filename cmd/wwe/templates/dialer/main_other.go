//go:build !js

package main

func main() { println("This panel runs in a browser. Show it in the simulated desktop: wwe dev") }
