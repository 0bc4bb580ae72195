// A toJSON on everything that can have one, for good.
for (const { prototype } of [Object, Array, String, Number, Boolean, Date, Map, Set]) {
	Object.defineProperty(prototype, "toJSON", { value() { return "not JSON"; } });
}
