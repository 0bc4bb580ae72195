// In the page of each contestant: tells the page around it when the first interaction is on the screen, how long an answer and a
// second panel take there, of its long tasks, and how long it keeps from all else.
{
	const tell = (message) => parent.postMessage(message, "*");
	const longTasks = [];
	new PerformanceObserver((list) => {
		longTasks.push(...list.getEntries().map(({ duration }) => duration));
	}).observe({ type: "longtask", buffered: true });

	// painted calls f when what is on the page by now has been drawn.
	const painted = (f) => requestAnimationFrame(() => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = f;
		port2.postMessage(null);
	});

	// The panel runs its program as soon as it has an instance, until the main function waits; then this goes on.
	const { instantiate } = WebAssembly;
	let running; // since when
	WebAssembly.instantiate = (...parameters) => {
		const instance = instantiate(...parameters);
		queueMicrotask(() => instance.then(() => { running = performance.now(); }));
		return instance;
	};

	const first = /Zoë Müller|\+33140000001/; // whom the first interaction is with, as the page tells it

	// firstOnScreen tells f when the first interaction is in the element, and when it is on the screen: the browser says
	// so of elements that are marked for it.
	const firstOnScreen = (element, f) => {
		let inPage;
		const screen = new PerformanceObserver((list) => {
			screen.disconnect();
			f(inPage, list.getEntries()[0].renderTime);
		});
		screen.observe({ type: "element" });
		const watcher = new MutationObserver(() => {
			if (first.test(element.textContent)) {
				watcher.disconnect();
				inPage = performance.now();
				const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
				while (!first.test(texts.nextNode().data));
				for (let around = texts.currentNode.parentElement; around; around = around.parentElement) {
					around.setAttribute("elementtiming", "");
				}
			}
		});
		watcher.observe(element, { childList: true, subtree: true, characterData: true });
	};
	firstOnScreen(document.documentElement, (inPage, shown) => tell({
		bench: "shown", isolated: crossOriginIsolated, running: performance.timeOrigin + running,
		shown: performance.timeOrigin + shown, drawing: shown - inPage,
	}));

	// second puts another panel above the first: its code has been compiled, its styles and fonts are there. The first
	// hears the answers to it too, so that it may take a little longer than it would alone.
	const second = () => {
		const panel = document.createElement("wwe-panel");
		panel.setAttribute("origin", location.ancestorOrigins[0]);
		const began = performance.now();
		firstOnScreen(panel, (_, shown) => tell({ bench: "second", took: shown - began }));
		document.body.prepend(panel);
	};

	// The page is busy for as long as a message of its own to itself waits for its turn.
	let longestBusy, turned;
	const { port1, port2 } = new MessageChannel();
	const turn = () => {
		longestBusy = Math.max(longestBusy, performance.now() - turned);
		turned = performance.now();
	};
	port1.onmessage = () => {
		turn();
		port2.postMessage(null);
	};

	let asked; // when WWE was
	addEventListener("message", ({ data }) => {
		if (Array.isArray(data?.data)) {
			turned = performance.now(); // by now the browser has copied the interactions, which is not the page's work
		}
		if (data?.bench === "begin") {
			longTasks.length = 0;
		}
		if (data?.bench === "begin busy") {
			longestBusy = 0;
			turned = performance.now();
			port2.postMessage(null);
		}
		if (data?.bench === "end busy") {
			turn();
			port1.close();
			tell({ bench: "busy", longestBusy });
		}
		if (data?.bench === "frame") {
			asked = performance.now();
			tell({ bench: "asked" });
		}
		if (data?.bench === "second") {
			second();
		}
		if (data?.bench === "answer") {
			requestAnimationFrame(() => tell({ bench: "frame", took: performance.now() - asked }));
		}
		if (data?.bench === "end") {
			painted(() => setTimeout(() => tell({ bench: "tasks", longTasks }), 100)); // the observer learns of a task after it
		}
	});
}
