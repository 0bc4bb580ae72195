// Package wwe is a typed Go API for genesys.wwe.service, the interface between
// Genesys Workspace Web Edition (WWE) and an agent panel in an iframe. It is
// made for Go compiled to WebAssembly and compiles on every platform.
//
// Connect returns a Service. Its methods wait for WWE's answer until the
// deadline of their context, or for 8 seconds if the context has none (see
// WithTimeout). Every method returns, with a value or an error, even if WWE
// never answers. Never block in a DOM event handler: use Service.Go, Async or a
// goroutine there.
//
// # Namespaces
//
// A Service has a field for each namespace of genesys.wwe.service. The
// namespaces have a method for each of the 74 requests in Genesys' client,
// named as in Genesys' documentation but in Go's spelling. One more method,
// ConfigurationNamespace.GetContextualOption, sends a request that Genesys
// documents but that no client has.
//
// The comment of each method names its source in Genesys' documentation and
// says whether the result is documented or inferred. Any other result is the
// JSON that WWE sent, unchanged. Genesys does not document the answer to a
// successful command: a nil error means that WWE did not refuse. Every method
// returns the errors of Service.Go; its comment lists any others. Service.Call
// sends requests that have no method.
//
// # Events
//
// Most panels need the current interactions: a loop over Service.Follow gets
// them, and gets them again after every change. It is built on Service.Watch, a
// mirror that WWE's events keep up to date. A loop over Service.Events gets the
// events themselves, typed; Service.Subscribe returns them on a channel.
// Service.GuardMarkDone keeps the agent from marking an interaction done while
// something is missing.
//
// # Errors and limits
//
// SystemNamespace.GetAllowedServices asks WWE which requests this page may use.
// CategoryOf says where to look first after any error: at the widget's code, at
// WWE's configuration, at the agent's actions, or at the connection. After a
// *TimeoutError, its field Sent shows whether a retry is safe.
//
// WWE can limit the number of requests per minute, and then ignores those above
// the limit. WithRateLimit keeps the Service below it. An agent may have WWE
// open in several tabs, each with this page: SystemNamespace.Leads reports
// whether this tab is the one that should act.
//
// To test a widget without WWE, on any platform, connect it to the simulated
// WWE of package wwetest.
package wwe
