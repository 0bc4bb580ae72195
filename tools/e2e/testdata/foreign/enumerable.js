// Properties that every for-in loop meets, and setters that swallow what is set, but for what Genesys' own client sets.
Object.prototype.also = function () { return "x".repeat(9000); };
Object.prototype.text = "of every object";
Array.prototype.also = function () {};
String.prototype.also = function () {};
Function.prototype.also = function () {};
for (const name of ["event", "data", "written",
	"mount", "unmount", "detail", "bubbles", "composed", "state", "previousState", "interactionId", "change", "place"]) {
	Object.defineProperty(Object.prototype, name, { configurable: true, get() {}, set() {} });
}
