// Lets the page take the client's ear away while others are measured: it would hear, and log, what is for them.
"use strict";

const clientListener = { type: "", receive: undefined };
{
	const add = window.addEventListener;
	window.addEventListener = (type, receive) => {
		Object.assign(clientListener, { type, receive });
		window.addEventListener = add;
	};
}

function clientListens(listens) {
	const { type, receive } = clientListener;
	listens ? addEventListener(type, receive) : removeEventListener(type, receive);
}
