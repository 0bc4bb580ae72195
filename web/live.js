// The desktop's page loads this script under `wwe dev`. It reloads the widget when there is a new version,
// and nothing else of the page. If there is no working version, it shows the reason over the widget.

const frames = document.getElementById("frames");
const title = document.createElement("h3"), details = document.createElement("pre"), hide = document.createElement("button");
const notice = document.createElement("section");
notice.id = "live";
notice.hidden = true;
notice.setAttribute("role", "alert");
details.tabIndex = 0; // to scroll by keyboard
hide.type = "button";
hide.className = "small";
hide.textContent = "Hide";
hide.addEventListener("click", () => { notice.hidden = true; });
notice.append(title, details, hide);
frames.append(notice);

let { version: shown } = document.querySelector("script[data-version]").dataset;

function show(now) {
	title.textContent = now.title ?? "";
	details.textContent = now.details ?? "";
	details.hidden = !now.details;
	notice.hidden = !now.title;
	if (now.version !== shown) {
		shown = now.version;
		document.getElementById("reload").click();
	}
}

function connect() {
	const events = new EventSource("/live");
	events.onmessage = ({ data }) => show(JSON.parse(data));
	events.onerror = () => {
		events.close(); // browsers differ in whether they try again
		setTimeout(connect, 500);
		if (!notice.dataset.lost) {
			notice.dataset.lost = "true";
			show({ version: shown, title: "wwe dev does not answer.", details: "Start it again: this page connects by itself, and its calls stay." });
		}
	};
	events.onopen = () => { delete notice.dataset.lost; };
}
connect();
