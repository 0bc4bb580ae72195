package wwe

import "wwebridge/internal/jsontext"

// UserData is the data attached to an interaction, by key. Values are string,
// float64, bool, nil, []any and map[string]any; WWE's own are mostly strings,
// and some nested objects. Any string may be a key, "" and "__proto__" too.
//
// A value that is nested more than 500 levels deep is JSON from there on, and
// so is a number that float64 cannot hold. Sent to WWE, a JSON is what its text
// says. Any of Go's number types can be sent.
//
// The option service-client-api.user-data.read-allowed decides which keys WWE
// shows to widgets, service-client-api.user-data.write-allowed which ones
// widgets may set and delete.
//
// Nil stands for none: where WWE takes user data, it is then left out.
type UserData map[string]any

func readUserData(r *jsontext.Reader) UserData {
	r.Verbatim = verbatim
	return UserData(r.Map())
}
