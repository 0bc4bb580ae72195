// A page that is neither WWE nor the widget, for the fault "forge". It posts the desktop's messages to
// another frame of the desktop.
"use strict";

addEventListener("message", ({ source, data }) => {
	if (source !== parent) {
		return;
	}
	parent.frames[data.frame]?.postMessage(JSON.parse(data.text), "*");
	parent.postMessage("forged", "*");
});
