// The panel's own page, index.html. WWE gives a page its URL and nothing else,
// so that is where the options are: ?lang=de, ?theme=dark, and ?client=object
// for Genesys' own client. The origin of WWE is not: whoever frames the page
// chooses the URL, and must not choose whom the panel trusts. What the page's
// owner decides is with the element: data-keys, data-dispositions and so on.
// A script that is missing leaves the text of index.html that says so; if it
// is panel.js, this module says it at once.
const place = document.querySelector("#panel");
const { mount } = await import("./panel.js").catch((error) => {
	const alert = document.createElement("p");
	alert.setAttribute("role", "alert");
	alert.textContent = `The agent panel has not started. Show this to your administrator: panel.js, or a script that it needs, cannot be loaded: ${error.message}`;
	place.prepend(alert);
	throw error;
});

const query = new URLSearchParams(location.search);
const options = { ...place.dataset, lang: query.get("lang") || navigator.language, theme: query.get("theme") || undefined };
if (query.get("client") === "object") {
	await loadClient("wwe-service-client-api.js");
} else {
	options.origin = document.querySelector('meta[name="wwe-origin"]')?.content;
}
place.replaceChildren();
mount(place, options);

// Genesys' client file, if the person has put it beside the page. Without it
// the panel starts all the same, and says what is missing.
function loadClient(url) {
	const policy = globalThis.trustedTypes?.createPolicy("wwe-client", { createScriptURL: (text) => text });
	const script = document.createElement("script");
	script.src = policy ? policy.createScriptURL(url) : url;
	return new Promise((resolve) => {
		script.onload = script.onerror = resolve;
		document.head.append(script);
	});
}
