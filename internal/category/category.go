// Package blame has the errors that know who can do something about them.
package blame

// Category tells who must act when an error comes.
type Category string

// The categories.
const (
	Author        Category = "the widget's author"
	Configuration Category = "WWE's configuration"
	Agent         Category = "the agent's action"
	Connection    Category = "the connection"
)

// Error is an error that callers tell apart by errors.Is.
type Error struct {
	category Category
	text     string
}

// New returns an error that is only equal to itself.
func New(category Category, text string) error { return &Error{category, text} }

func (e *Error) Error() string { return e.text }

// Category tells who must act.
func (e *Error) Category() Category { return e.category }
