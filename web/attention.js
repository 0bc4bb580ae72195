// Alerts the agent to ringing interactions: with the page's title and icon and, as options, a sound and
// notifications. The program passes the interactions. Of several panels, on this page or on others of its
// origin, only the one that holds a lock alerts the agent. In a browser without locks every panel does.

// The title and icon while an interaction rings. They are separate elements, so the page's own elements
// stay unchanged, even if the page modifies them meanwhile.
const sign = { owner: undefined, text: "", title: undefined, icon: undefined };

function showSign(owner, text, icon) {
	if (!document.head || sign.owner && sign.owner !== owner) {
		return; // another panel shows its own
	}
	if (!sign.owner) {
		Object.assign(sign, { owner, text, title: document.createElement("title"), icon: document.createElement("link") });
		Object.assign(sign.icon, { rel: "icon", type: "image/svg+xml", href: icon });
		sign.title.textContent = text;
		document.head.append(sign.icon); // the last icon counts
	}
	keepSign();
	if (sign.text !== text) {
		sign.text = sign.title.textContent = text;
	}
}

// keepSign preserves a title that the page sets through document.title meanwhile. The browser has put
// that text into the first title element, which is ours.
function keepSign() {
	const theirs = sign.title.textContent;
	if (theirs !== sign.text) {
		sign.title.replaceWith();
		document.title = theirs;
		sign.title.textContent = sign.text;
	}
	if (document.head.firstChild !== sign.title) {
		document.head.prepend(sign.title);
	}
}

function hideSign(owner) {
	if (sign.owner === owner) {
		keepSign();
		sign.title.replaceWith();
		sign.icon.replaceWith();
		sign.owner = undefined;
	}
}

// bell plays the sound of a telephone. Browsers play nothing before the user has interacted with the
// page. That is not an error.
function bell() {
	let audio;
	const tone = (begin) => {
		const oscillator = audio.createOscillator(), volume = audio.createGain();
		oscillator.frequency.value = 660;
		volume.gain.setValueAtTime(0, begin); // a tone without fading clicks
		volume.gain.linearRampToValueAtTime(.15, begin + .02);
		volume.gain.setValueAtTime(.15, begin + .28);
		volume.gain.linearRampToValueAtTime(0, begin + .3);
		oscillator.connect(volume).connect(audio.destination);
		oscillator.start(begin);
		oscillator.stop(begin + .3);
	};
	return {
		ring() {
			try {
				audio ??= new AudioContext();
				if (audio.state !== "running") {
					audio.resume().catch(() => {});
					return; // the browser would play the tones later, all at once
				}
				tone(audio.currentTime);
				tone(audio.currentTime + .4);
			} catch {
				// no audio in this browser
			}
		},
		end() { audio?.close().catch(() => {}); },
	};
}

const permission = () => globalThis.Notification?.permission;

const second = 1000; // milliseconds
const ringsEvery = 3; // seconds

// attention returns the functions for one panel. It calls tell("begins", key) when it starts to alert the
// agent to an interaction, and tell("opened", key) when the agent presses the interaction's notification.
export function attention({ lock, icon, sound, notify }, tell) {
	const owner = {}, drawn = new Map(); // notifications by interaction key; undefined if not shown
	const audio = sound ? bell() : undefined;
	let ringing = { title: "", all: [] }, leads = false, leave, clock, seconds;

	// A notification contains only the panel's title of the interaction and its state.
	const notification = ({ key, title, body }) => {
		if (!notify || permission() !== "granted" || document.hasFocus()) {
			return undefined;
		}
		try {
			const shown = new Notification(title, { body, tag: `wwe-panel ${key}` });
			shown.onclick = () => {
				focus();
				tell("opened", key);
			};
			return shown;
		} catch {
			return undefined; // the browser requires a service worker for notifications
		}
	};
	const hide = (key) => {
		const shown = drawn.get(key);
		drawn.delete(key);
		if (shown) {
			shown.onclick = null;
			shown.close();
		}
	};
	const draw = () => {
		const all = leads ? ringing.all : [];
		[...drawn.keys()].filter((key) => !all.some((one) => one.key === key)).forEach(hide);
		if (all.length === 0) {
			clearInterval(clock);
			clock = undefined;
			hideSign(owner);
			return;
		}
		showSign(owner, ringing.title, icon);
		if (!clock) {
			seconds = 0;
			audio?.ring();
			clock = setInterval(() => {
				showSign(owner, ringing.title, icon);
				if (++seconds % ringsEvery === 0) {
					audio?.ring();
				}
			}, second);
		}
		for (const one of all) {
			if (!drawn.has(one.key)) {
				drawn.set(one.key, notification(one));
				tell("begins", one.key);
			}
		}
	};
	const lead = () => {
		leads = true;
		draw();
	};
	const enter = () => {
		const abort = new AbortController();
		let free = () => {};
		leave = () => {
			leave = undefined;
			leads = false;
			abort.abort();
			free();
		};
		if (!navigator.locks) {
			lead();
			return;
		}
		navigator.locks.request(lock, { signal: abort.signal }, () => abort.signal.aborted ? undefined : new Promise((resolve) => {
			free = resolve;
			lead();
		})).catch(() => {
			if (!abort.signal.aborted) { // locks fail in a sandbox, or if the browser allows this page no storage
				lead();
			}
		});
	};

	return {
		// rings takes the page's title and the key, title and text of each ringing interaction. A panel
		// without a connection to WWE is not live and leaves the alerts to other panels.
		rings(live, title, ...each) {
			const all = [];
			for (let n = 0; n < each.length; n += 3) {
				all.push({ key: each[n], title: each[n + 1], body: each[n + 2] });
			}
			ringing = { title, all };
			if (!live) {
				leave?.();
			} else if (!leave) {
				enter();
			}
			draw();
		},
		mayAsk: () => permission() === "default",
		// ask must be called in a user gesture.
		ask() { Notification.requestPermission().catch(() => {}); },
		end() {
			leave?.(); // before what a page can make fail
			audio?.end();
			draw();
		},
	};
}
