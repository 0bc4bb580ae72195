//go:build js

package main

import (
	"slices"
	"strings"

	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// userData is the table of an interaction's user data, with a search and a form for new keys.
type userData struct {
	w                *words.Words
	element          *elements.Element
	find             *elements.Element
	findIn           *elements.Element
	table, body      *elements.Element
	nothing          *elements.Element
	rows             map[string]*userDataRow // by key
	elements         *elements.Rows          // of the rows
	shown            []model.Key
	form, submit     *elements.Element
	key, value       *elements.Element
	sought           string
	first            []string // the page's keys that exist, in its order
	mayWrite, adding bool
}

func newUserData(w *words.Words) *userData {
	u := &userData{
		w: w, rows: map[string]*userDataRow{},
		find: elements.Input("search"), body: elements.New("tbody", ""), nothing: elements.New("p", "quiet"),
		key: elements.Input("key"), value: elements.Input("value"),
		submit: iconButton(w.Actions.Text(model.SetUserData), string(model.SetUserData), "add"),
	}
	u.find.SetAttribute("type", "search")
	u.find.SetAttribute("data-search", "")
	u.find.SetAttribute("placeholder", w.SearchUserData)
	u.find.SetAttribute("aria-label", w.SearchUserData)
	u.findIn = elements.New("div", "search", u.find)
	u.elements = elements.NewRows(u.body)
	u.table = elements.New("table", "", u.body)
	u.table.SetAttribute("aria-label", w.UserData)
	u.table.SetAttribute("role", "table") // set explicitly, because a narrow layout removes the implicit role
	u.body.SetAttribute("role", "rowgroup")
	u.key.SetRequired(true)
	u.submit.SetAttribute("type", "submit")
	u.form = elements.New("form", "add", elements.Labelled(w.Key, u.key), elements.Labelled(w.Value, u.value), u.submit)
	u.form.SetAttribute("data-form", "add")
	u.element = elements.New("section", "data", elements.Text("h3", "", w.UserData), u.findIn, u.table, u.nothing, u.form)
	return u
}

// show updates the rows. New rows are sorted by key and then keep their place. The page's keys always
// move to the front, but not while the agent works in the table.
func (u *userData) show(i *model.Item, mayWrite bool) {
	u.shown, u.mayWrite = i.Keys, mayWrite
	var names []string
	for _, k := range i.Keys {
		names = append(names, k.Name)
	}
	u.elements.Sync(names, func(name string) *elements.Element {
		u.rows[name] = newUserDataRow(u.w, name)
		return u.rows[name].element
	}, func(name string) { delete(u.rows, name) })
	for _, k := range i.Keys {
		u.rows[k.Name].show(k)
	}
	u.bringFirst()
	elements.Hide(u.form, !mayWrite)
	elements.Hide(u.findIn, len(i.Keys) < manyKeys && u.sought == "")
	u.filter()
}

// bringFirst moves the page's keys to the front, in their order.
func (u *userData) bringFirst() {
	var first []string
	for _, k := range u.shown {
		if k.First {
			first = append(first, k.Name)
		}
	}
	if slices.Equal(first, u.first) || u.element.Matches(":hover, :focus-within") {
		return
	}
	for n := len(first) - 1; n >= 0; n-- {
		u.body.Prepend(u.rows[first[n]].element)
	}
	u.first = first
}

// search returns the number of keys found.
func (u *userData) search(text string) (found int) {
	u.sought = text
	return u.filter()
}

func (u *userData) filter() (found int) {
	for _, k := range u.shown {
		matches := k.Matches(u.sought)
		elements.Hide(u.rows[k.Name].element, !matches)
		if matches {
			found++
		}
	}
	elements.Hide(u.table, found == 0)
	elements.Hide(u.nothing, found > 0)
	text := u.w.NothingFound
	if len(u.shown) == 0 {
		text = u.w.NoUserData
	}
	elements.SetText(u.nothing, text)
	return found
}

// fold toggles between a long value and its beginning.
func (u *userData) fold(button *elements.Element) {
	if row := u.rowAround(button); row != nil {
		row.isWhole = !row.isWhole
		row.showText()
	}
}

// add saves the key and value in the form. It then clears the form unless the agent has typed something
// else.
func (u *userData) add(do doer, id string) {
	if u.adding {
		return
	}
	key, value := u.key.Value(), u.value.Value()
	u.adding = do(model.Task{Action: model.SetUserData, On: id, Key: key, Value: value}, func(succeeded bool) {
		u.adding = false
		setAvailable(u.submit, true, false, "")
		if !succeeded || u.key.Value() != key || u.value.Value() != value {
			return
		}
		u.key.SetValue("")
		u.value.SetValue("")
		if u.form.QuerySelector(":focus") != nil {
			u.key.Focus()
		}
	})
	setAvailable(u.submit, true, u.adding, "")
}

func (u *userData) rowAround(e *elements.Element) *userDataRow {
	for _, row := range u.rows {
		if row.element.Contains(e) {
			return row
		}
	}
	return nil
}

// keyOf returns the key that a button is for. It does not read the key from an attribute, because
// attributes cannot hold lone surrogates.
func (u *userData) keyOf(e *elements.Element) string {
	if row := u.rowAround(e); row != nil {
		return row.key
	}
	return ""
}

func (u *userData) edit(button *elements.Element) {
	if row := u.rowAround(button); row != nil {
		row.edit()
	}
}

func (u *userData) leave(within *elements.Element) {
	if row := u.rowAround(within); row != nil {
		row.leave()
	}
}

func (u *userData) save(do doer, id string, form *elements.Element) {
	row := u.rowAround(form)
	if row == nil || row.saving {
		return
	}
	value := row.field.Value()
	row.saving = do(model.Task{Action: model.SetUserData, On: id, Key: row.key, Value: value}, func(succeeded bool) {
		row.saving = false
		if !succeeded || !row.editing || row.field.Value() != value {
			return // the agent is still typing
		}
		row.text = value // until WWE reports the change
		row.showText()
		row.close()
	})
}

// userDataRow is a key with its value, and a field while the value is edited.
type userDataRow struct {
	_                    [0]func() // not comparable: less code
	w                    *words.Words
	key, text            string
	number               string // the number to call, "" for none
	element, value       *elements.Element
	cell, pair           *elements.Element
	change, remove, lock *elements.Element // nil before they are needed
	undo                 *elements.Element // too
	form, field          *elements.Element // too
	before               string            // the text of the field when the form opened
	editing, saving      bool
	wasShown, wasDeleted bool
	isText, isWhole      bool
	hasLines             bool              // the form is for a text of several lines
	whole                *elements.Element // the button of a long value; nil before it is needed
}

func newUserDataRow(w *words.Words, key string) *userDataRow {
	name := elements.Text("th", "", key)
	name.SetAttribute("scope", "row")
	r := &userDataRow{w: w, key: key, value: elements.New("span", "value"), pair: elements.New("div", "pair")}
	r.cell = elements.New("td", "", r.value)
	actions := elements.New("td", "", r.pair)
	r.element = elements.New("tr", "", name, r.cell, actions)
	r.element.SetAttribute("role", "row")
	name.SetAttribute("role", "rowheader")
	r.cell.SetAttribute("role", "cell")
	actions.SetAttribute("role", "cell")
	return r
}

func (r *userDataRow) show(k model.Key) {
	if !r.wasShown || r.text != k.Text || r.isText != k.IsText || r.wasDeleted != k.Deleted {
		if r.wasDeleted != k.Deleted {
			elements.SetFlag(r.element, "data-deleted", k.Deleted)
			settle(r.pair)
		}
		r.wasShown, r.text, r.isText, r.wasDeleted = true, k.Text, k.IsText, k.Deleted
		r.number = k.Number
		r.showText()
	}
	if r.editing && (k.Deleted || !k.Writable && r.field.Value() == r.before) {
		r.close() // the typed text stays until WWE has it or the agent leaves
	}
	r.showPair(k)
}

// undo is the action of the button that undoes a deletion.
const undo = "undo"

// showText shows the beginning of a long value, or all of it once the agent has unfolded it.
func (r *userDataRow) showText() {
	link := ""
	if r.isText {
		link = model.Link(r.text)
	}
	shown, folds := r.beginning()
	switch {
	case r.wasDeleted:
		link = ""
	case r.isWhole:
		shown = r.text
	case folds:
		shown += " …"
	}
	elements.Empty(r.value)
	r.value.AppendChild(linked(shown, link))
	if r.number != "" {
		r.value.AppendChild(callButton(r.w, r.number))
	}
	if folds && r.whole == nil {
		r.whole = elements.Button("", "fold")
		r.whole.AddClass("whole")
		r.cell.AppendChild(r.whole)
	}
	if r.whole == nil {
		return
	}
	elements.Hide(r.whole, !folds || r.editing)
	name := r.w.ShowAll
	if r.isWhole {
		name = r.w.ShowLess
	}
	elements.SetText(r.whole, name)
	r.whole.SetAttribute("aria-label", name+": "+r.key)
	r.whole.SetAttribute("aria-expanded", boolText(r.isWhole))
}

// beginning returns the text to show before the agent unfolds it, and whether there is more.
func (r *userDataRow) beginning() (text string, folds bool) {
	if r.wasDeleted {
		return r.w.IsDeleted, false
	}
	return model.FoldText(r.text)
}

// showPair shows the buttons for a key. It makes them when they are first needed, because most tables are
// only read.
func (r *userDataRow) showPair(k model.Key) {
	if k.Writable && r.change == nil {
		r.change = smallButton(words.Fill(r.w.Edit, r.key, ""), "edit", "edit")
		r.remove = smallButton(words.Fill(r.w.Delete, r.key, ""), string(model.DeleteUserData), "remove")
		r.pair.AppendChild(r.change)
		r.pair.AppendChild(r.remove)
	}
	if k.Deleted && r.undo == nil {
		r.undo = elements.Button(r.w.Undo, undo)
		r.undo.SetAttribute("aria-label", r.w.Undo+": "+words.Fill(r.w.Delete, r.key, ""))
		r.pair.AppendChild(r.undo)
	}
	if r.undo != nil {
		elements.Hide(r.undo, !k.Deleted)
		setAvailable(r.undo, true, k.Pending, "")
	}
	if r.change != nil {
		elements.Hide(r.change, !k.Writable || !k.IsText || r.editing || k.Deleted)
		elements.Hide(r.remove, !k.Writable || r.editing || k.Deleted)
		setAvailable(r.change, true, k.Pending, "")
		setAvailable(r.remove, true, k.Pending, "")
	}
	if !k.Writable && r.lock == nil {
		r.lock = elements.New("span", "locked", icon("lock"))
		r.lock.SetAttribute("role", "img")
		r.pair.AppendChild(r.lock)
	}
	if r.lock != nil {
		why := r.w.ReadOnly
		if k.Option != "" {
			why += ". " + words.Fill(r.w.AskAdmin, k.Option, "")
		}
		elements.SetAttribute(r.lock, "aria-label", why)
		elements.SetAttribute(r.lock, "title", why)
		elements.Hide(r.lock, k.Writable)
	}
}

func (r *userDataRow) edit() {
	if hasLines := strings.Contains(r.text, "\n"); r.form == nil || hasLines != r.hasLines {
		if r.form != nil {
			r.form.Remove()
		}
		r.hasLines = hasLines
		r.addForm()
	}
	r.editing = true
	r.field.SetValue(r.text)
	r.before = r.field.Value() // which has other ends of lines than some texts
	r.swap()
	r.field.Focus()
	r.field.Select()
}

func (r *userDataRow) addForm() {
	r.field = elements.Input("edited")
	if r.hasLines { // an input would lose the line breaks
		r.field = elements.New("textarea", "")
		r.field.SetAttribute("name", "edited")
		r.field.SetAttribute("rows", "4")
	}
	r.field.SetAttribute("aria-label", r.w.Value)
	save := smallButton(r.w.Save, "save", "done")
	save.SetAttribute("type", "submit")
	r.form = elements.New("form", "edit", r.field, save, smallButton(r.w.Cancel, "leave", "reject"))
	r.form.SetAttribute("data-form", "edit")
	r.cell.AppendChild(r.form)
}

// close ends editing. The focus stays where the agent has gone meanwhile.
func (r *userDataRow) close() {
	if r.form.QuerySelector(":focus") != nil {
		r.leave()
		return
	}
	r.editing = false
	r.swap()
}

func (r *userDataRow) leave() {
	r.editing = false
	r.swap()
	r.change.Focus()
}

func (r *userDataRow) swap() {
	elements.Hide(r.form, !r.editing)
	elements.Hide(r.value, r.editing)
	if r.whole != nil {
		_, folds := r.beginning()
		elements.Hide(r.whole, !folds || r.editing)
	}
	elements.Hide(r.change, r.editing)
	elements.Hide(r.remove, r.editing)
}
