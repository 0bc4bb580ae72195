// The panel's own page, index.html. WWE passes a page only its URL, so the URL contains options:
// ?lang=de, ?theme=dark, and ?client=object for Genesys' own client. It does not contain the origin of
// WWE, because any page that embeds this one chooses the URL and must not choose the trusted origins. The
// site's settings are attributes of the element: data-keys, data-dispositions and so on. If a script is
// missing, index.html keeps its text that explains this. If that script is panel.js, this module shows
// the error at once.
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

// Loads Genesys' client file, if it is beside the page. Without it the panel still starts, and says that
// the file is missing.
function loadClient(url) {
	const policy = globalThis.trustedTypes?.createPolicy("wwe-client", { createScriptURL: (text) => text });
	const script = document.createElement("script");
	script.src = policy ? policy.createScriptURL(url) : url;
	return new Promise((resolve) => {
		script.onload = script.onerror = resolve;
		document.head.append(script);
	});
}
