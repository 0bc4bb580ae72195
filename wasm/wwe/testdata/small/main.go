// A widget that only lists the interactions.
package main

import (
	"context"

	"wwebridge/wasm/wwe"
)

func main() {
	svc, err := wwe.Connect(context.Background(), wwe.WithOrigin("https://wwe.example.com"))
	if err != nil {
		println(err.Error())
		return
	}
	all, err := svc.Interaction.GetInteractions(context.Background())
	if err != nil {
		println(err.Error())
		return
	}
	println(len(all))
}
