package drive

import "math"

// click is a press of the mouse, as WebDriver and BiDi know it.
func click(x, y float64) object {
	return object{"type": "pointer", "id": "mouse", "parameters": object{"pointerType": "mouse"}, "actions": []object{
		{"type": "pointerMove", "duration": 0, "x": math.Round(x), "y": math.Round(y), "origin": "viewport"},
		{"type": "pointerDown", "button": 0},
		{"type": "pointerUp", "button": 0},
	}}
}

// press is a press of a key.
func press(key Key, shift bool) object {
	actions := stroke(string(key))
	if shift {
		whole := stroke(string(shiftKey))
		actions = append(append(whole[:1:1], actions...), whole[1])
	}
	return object{"type": "key", "id": "keys", "actions": actions}
}

// letters presses the key of each.
func letters(text string) object {
	var actions []object
	for _, letter := range text {
		actions = append(actions, stroke(string(letter))...)
	}
	return object{"type": "key", "id": "keys", "actions": actions}
}

func stroke(key string) []object {
	return []object{{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}}
}
