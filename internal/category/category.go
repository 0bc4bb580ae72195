// Package category has the errors that say who can do something about them.
package category

// Category says who must act when an error comes.
type Category string

// The categories.
const (
	Author        Category = "the widget's author"
	Configuration Category = "WWE's configuration"
	Agent         Category = "the agent's action"
	Connection    Category = "the connection"
)

type categorized struct {
	category Category
	text     string
}

// Error returns an error of the category that is only equal to itself, for
// callers to tell apart by errors.Is.
func Error(category Category, text string) error { return &categorized{category, text} }

func (e *categorized) Error() string { return e.text }

// Category says who must act.
func (e *categorized) Category() Category { return e.category }
