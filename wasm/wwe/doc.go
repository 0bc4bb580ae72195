// Package wwe is a typed Go API to genesys.wwe.service, through which an agent
// panel in an iframe talks to Genesys Workspace Web Edition (WWE). It is for Go
// compiled to WebAssembly, and compiles on every platform.
//
// Connect gives a Service. Its methods wait for WWE's answer, at most until
// their context's deadline (8 seconds if it has none, see WithTimeout), and
// end in a value or an error, never in silence. In a handler of DOM events,
// where nothing may block, use Service.Go, Async or a goroutine.
//
// # Namespaces
//
// A Service has a field for each namespace of genesys.wwe.service, and each of
// them a method for each request that Genesys' client knows, 74 in all, and
// ConfigurationNamespace.GetContextualOption, which is documented but in no
// client. Their names are Genesys' in Go's spelling. Each says where Genesys
// documents it, and what is not documented: there the result is the JSON as it
// came. Service.Call sends any other request.
//
// # Events
//
// Most panels want the interactions as they are now: a loop over Service.Follow
// gets them, and again after every change. It is built on Service.Watch, a mirror
// that WWE's events keep current. A loop over Service.Events gets the events
// themselves, typed; Service.Subscribe gives them on a channel.
// Service.GuardMarkDone keeps the agent from marking done while something is
// missing.
//
// # What may go wrong
//
// SystemNamespace.GetAllowedServices asks WWE what this page may use. CategoryOf
// says of any error where to look first: the widget's code, WWE's configuration,
// what the agent did, or the connection. After a *TimeoutError, Sent tells
// whether a retry is safe. WWE can limit how many requests it takes in a minute,
// and ignores more: WithRateLimit keeps below that. An agent may have several
// tabs with WWE and this page in each: SystemNamespace.Leads tells which of them
// is to act.
//
// To test a widget without WWE, on any platform, connect it to the simulated
// one of package wwetest.
package wwe
