//go:build js

package main

import (
	"wwebridge/wasm/internal/elements"
	"wwebridge/wasm/panel/model"
	"wwebridge/wasm/panel/words"
)

// userData is the table of an interaction's user data, with a search, and a
// form for what is added.
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
	u.table.SetAttribute("role", "table") // said again, because a narrow one is laid out as none
	u.body.SetAttribute("role", "rowgroup")
	u.key.SetRequired(true)
	u.submit.SetAttribute("type", "submit")
	u.form = elements.New("form", "add", elements.Labelled(w.Key, u.key), elements.Labelled(w.Value, u.value), u.submit)
	u.form.SetAttribute("data-form", "add")
	u.element = elements.New("section", "data", elements.Text("h3", "", w.UserData), u.findIn, u.table, u.nothing, u.form)
	return u
}

// show makes the rows equal to the data. They are sorted by key when they
// come, and keep their place while the agent works with them.
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
	elements.Hide(u.form, !mayWrite)
	elements.Hide(u.findIn, len(i.Keys) < 2 && u.sought == "")
	u.filter()
}

func (u *userData) search(text string) {
	u.sought = text
	u.filter()
}

func (u *userData) filter() {
	found := 0
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
}

// add saves what is in the form, and clears it unless something else has been
// typed meanwhile.
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

// keyOf tells which key a button is for. It is not read from the page, because
// not every key survives there: an attribute has no lone surrogates.
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
		if succeeded && row.editing {
			row.text = value // until WWE tells
			row.value.SetTextContent(value)
			row.leave()
		}
	})
}

// userDataRow is one key with its value, and a field for it while it is edited.
type userDataRow struct {
	w                    *words.Words
	key, text            string
	element, value       *elements.Element
	cell, pair           *elements.Element
	change, remove, lock *elements.Element // nil before they are needed
	form, field          *elements.Element // too
	editing, saving      bool
	wasShown             bool
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
	if !r.wasShown || r.text != k.Text {
		r.wasShown, r.text = true, k.Text
		elements.Empty(r.value)
		link := ""
		if k.IsText {
			link = model.Link(k.Text)
		}
		r.value.AppendChild(linked(k.Text, link))
	}
	if !k.Writable && r.editing {
		r.leave()
	}
	r.showPair(k)
}

// showPair shows what can be done with the key. Most tables are only read, so
// what nobody has needed yet is not made.
func (r *userDataRow) showPair(k model.Key) {
	if k.Writable && r.change == nil {
		r.change = smallButton(words.Fill(r.w.Edit, r.key, ""), "edit", "edit")
		r.remove = smallButton(words.Fill(r.w.Delete, r.key, ""), string(model.DeleteUserData), "remove")
		r.pair.AppendChild(r.change)
		r.pair.AppendChild(r.remove)
	}
	if r.change != nil {
		elements.Hide(r.change, !k.Writable || !k.IsText || r.editing)
		elements.Hide(r.remove, !k.Writable || r.editing)
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
	if r.form == nil {
		r.addForm()
	}
	r.editing = true
	r.field.SetValue(r.text)
	r.swap()
	r.field.Focus()
	r.field.Select()
}

func (r *userDataRow) addForm() {
	r.field = elements.Input("edited")
	r.field.SetAttribute("aria-label", r.w.Value)
	save := smallButton(r.w.Save, "save", "done")
	save.SetAttribute("type", "submit")
	r.form = elements.New("form", "edit", r.field, save, smallButton(r.w.Cancel, "leave", "reject"))
	r.form.SetAttribute("data-form", "edit")
	r.cell.AppendChild(r.form)
}

func (r *userDataRow) leave() {
	r.editing = false
	r.swap()
	r.change.Focus()
}

func (r *userDataRow) swap() {
	elements.Hide(r.form, !r.editing)
	elements.Hide(r.value, r.editing)
	elements.Hide(r.change, r.editing)
	elements.Hide(r.remove, r.editing)
}
