package drive

import "math"

// Mouse actions, as named by WebDriver and BiDi.
const (
	down = "pointerDown"
	up   = "pointerUp"
)

// mouse returns the actions that move the mouse to a point and perform does there.
func mouse(x, y float64, does ...string) object {
	actions := []object{{"type": "pointerMove", "duration": 0, "x": math.Round(x), "y": math.Round(y), "origin": "viewport"}}
	for _, do := range does {
		actions = append(actions, object{"type": do, "button": 0})
	}
	return object{"type": "pointer", "id": "mouse", "parameters": object{"pointerType": "mouse"}, "actions": actions}
}

// press returns the actions that press and release a key.
func press(key Key, shift bool) object {
	actions := stroke(string(key))
	if shift {
		whole := stroke(string(shiftKey))
		actions = append(append(whole[:1:1], actions...), whole[1])
	}
	return keys(actions)
}

func keys(actions []object) object { return object{"type": "key", "id": "keys", "actions": actions} }

// letters returns the actions that type the text.
func letters(text string) object {
	var actions []object
	for _, letter := range text {
		actions = append(actions, stroke(string(letter))...)
	}
	return keys(actions)
}

func stroke(key string) []object {
	return []object{{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}}
}

// performer performs actions in a page. Keys and buttons stay pressed from one call to
// the next.
type performer interface {
	perform(in Page, source object) error
}

func holdMouse(p performer, x, y float64, meanwhile func()) error {
	if err := p.perform(Page{}, mouse(x, y, down)); err != nil {
		return err
	}
	meanwhile()
	return p.perform(Page{}, mouse(x, y, up))
}

func holdKey(p performer, in Page, key Key, meanwhile func()) error {
	whole := stroke(string(key))
	if err := p.perform(in, keys(whole[:1])); err != nil {
		return err
	}
	meanwhile()
	return p.perform(in, keys(whole[1:]))
}
