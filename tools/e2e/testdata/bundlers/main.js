import { mount } from "wwe-panel";

mount(document.getElementById("panel"), {
	origin: document.querySelector('meta[name="wwe-origin"]').content,
	lang: new URLSearchParams(location.search).get("lang"),
});
