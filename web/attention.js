// Draws the agent's attention to what rings, as far as that is the browser's: by
// the page's title and icon, and, if the page wants them, by a sound and by
// notifications. The program says what rings. Of several panels, on this page
// and on others of its origin, only one does so: the one that holds a lock of
// the browser's. Where the browser gives no locks, each does.

// The title and icon while something rings. They are elements of their own,
// beside the page's: so those stay as they are, whatever the page does with them.
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

// keepSign gives the page what it has set by document.title meanwhile, which is
// the text of the first title: ours.
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

// bell rings like a telephone each time that it is called. A browser that plays
// nothing before a person has used the page keeps silent: that is no error.
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

// attention is that of one panel. It tells the program which of what rings it
// draws attention to, and which one the agent has pressed a notification of:
// tell("begins" or "opened", key).
export function attention({ lock, icon, sound, notify }, tell) {
	const owner = {}, drawn = new Map(); // the notifications, by the key of what rings; undefined if there is none
	const audio = sound ? bell() : undefined;
	let ringing = { title: "", all: [] }, leads = false, leave, clock, seconds;

	// notification holds no more than the panel's own title of an interaction.
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
		// rings takes what rings, as JSON; "" while the panel does not hear from
		// WWE, which leaves it to the others.
		rings(text) {
			ringing = text ? JSON.parse(text) : { title: "", all: [] };
			if (text && !leave) {
				enter();
			} else if (!text) {
				leave?.();
			}
			draw();
		},
		mayAsk: () => permission() === "default",
		// ask needs a person's press of a button.
		ask() { Notification.requestPermission().catch(() => {}); },
		end() {
			leave?.();
			draw();
			audio?.end();
		},
	};
}
