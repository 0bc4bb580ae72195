// Alerts the agent to interactions that ring: by the page's title and icon and,
// if the page wants them, by a sound and notifications. The program passes the
// interactions. Of several panels, on this page or on others of its origin, only
// the one that holds a lock alerts the agent. In a browser without locks each does.

// The title and icon while something rings. They are separate elements, so the
// page's own stay as they are, whatever the page does with them meanwhile.
const sign = { owner: undefined, text: "", title: undefined, icon: undefined };

function showSign(owner, text, icon) {
	if (!document.head || sign.owner && sign.owner !== owner) {
		return; // another panel shows its own
	}
	if (!sign.owner) {
		Object.assign(sign, { owner, text, title: document.createElement("title"), icon: document.createElement("link") });
		Object.assign(sign.icon, { rel: "icon", type: "image/svg+xml", href: icon });
		sign.title.textContent = text;
		document.head.append(sign.icon); // of several icons the last one counts
	}
	keepSign();
	if (sign.text !== text) {
		sign.text = sign.title.textContent = text;
	}
}

// keepSign gives the page the title that it has set by document.title meanwhile:
// that has changed the text of the first title, which is ours.
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

// bell makes the sound of a telephone. Browsers play nothing before a person has
// used the page: that is no error.
function bell() {
	let audio;
	const tone = (begin) => {
		const oscillator = audio.createOscillator(), volume = audio.createGain();
		oscillator.frequency.value = 660;
		volume.gain.setValueAtTime(0, begin); // a tone that begins or ends at once crackles
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
					return; // what is played now would be heard later, all at once
				}
				tone(audio.currentTime);
				tone(audio.currentTime + .4);
			} catch {
				// no audio here
			}
		},
		end() { audio?.close().catch(() => {}); },
	};
}

const permission = () => globalThis.Notification?.permission;

const second = 1000; // milliseconds
const ringsEvery = 3; // seconds

// attention makes the functions for one panel. It calls tell("begins", key) when
// it begins to alert the agent to an interaction, and tell("opened", key) when
// the agent presses its notification.
export function attention({ lock, icon, sound, notify }, tell) {
	const owner = {}, drawn = new Map(); // the notifications, by the key of what rings; undefined if there is none
	const audio = sound ? bell() : undefined;
	let ringing = { title: "", all: [] }, leads = false, leave, clock, seconds;

	// notification contains only the panel's title of the interaction and its state.
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
			return undefined; // a browser that wants a service worker for it
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
			if (!abort.signal.aborted) { // a sandbox, or a browser that keeps nothing for this page
				lead();
			}
		});
	};

	return {
		// rings takes the page's title and, for each interaction that rings, its
		// key, title and text. A panel that does not hear from WWE is not live, and
		// leaves it to the others.
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
		// ask needs a person's press of a button.
		ask() { Notification.requestPermission().catch(() => {}); },
		end() {
			leave?.(); // before what a page can make fail
			audio?.end();
			draw();
		},
	};
}
