// URLs of widgets and of the desktop that shows them.

/** Reports whether the text is an origin of http or https, as browsers write it. It may become part of a header. */
export function isOrigin(text) {
	try {
		// A host of a URL may have characters, such as a semicolon, that would end a directive of the header.
		return /^https?:\/\/(\[[0-9a-f:.]+\]|[\w.-]+)(:\d+)?$/.test(text) && new URL(text).origin === text;
	} catch {
		return false;
	}
}

/** Reports whether the text is a URL that a widget can be loaded from. It may have WWE's variables, such as $Agent.UserName$. */
export function isWidgetURL(text) {
	try {
		return /^https?:$/.test(new URL(text).protocol);
	} catch {
		return false;
	}
}

/** Returns the desktop's URL that shows the widget, with other parameters of the desktop's URL. */
export function withWidget(origin, widget, others = new URLSearchParams()) {
	const query = new URLSearchParams(others);
	query.set("widget", widget);
	return `${origin}/?${query}`;
}
