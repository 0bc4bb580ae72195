// In the page of each contestant: tells the page around it when the first interaction is on the screen, and of the long tasks there.
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

	const watcher = new MutationObserver(() => {
		if (document.body?.textContent.includes("+33")) {
			watcher.disconnect();
			painted(() => tell({ bench: "shown" }));
		}
	});
	watcher.observe(document, { childList: true, subtree: true, characterData: true });

	addEventListener("message", ({ data }) => {
		if (data?.bench === "begin") {
			longTasks.length = 0;
		}
		if (data?.bench === "end") {
			painted(() => setTimeout(() => tell({ bench: "tasks", longTasks }), 100)); // the observer learns of a task after it
		}
	});
}
