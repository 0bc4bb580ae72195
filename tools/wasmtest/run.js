// Runs a Go test as node would: with arguments, an environment, files, and an
// exit code. What it writes goes to the server in its order.
{
	let last = Promise.resolve();
	const post = (path, body) => {
		last = last.then(() => fetch(path, {method: "POST", body})).catch(() => {});
		return last;
	};
	const decoder = new TextDecoder();
	const write = (text) => post("output", text);

	const folder = "/fs"; // filesys takes it away again
	const call = (name, params, done, result = () => undefined) => {
		fetch("fs/" + name, {method: "POST", headers: {"WBT-Token": config.token}, body: JSON.stringify(params)})
			.then((response) => response.json())
			.then((answer) => {
				if (answer.error) throw Object.assign(new Error(answer.error), {code: answer.code});
				done(null, result(answer));
			})
			.catch((error) => done(Object.assign(error, {code: error.code ?? "ENOSYS"})));
	};
	const stat = (answer) => Object.assign(answer, {isDirectory: () => (answer.mode & 0o40000) !== 0});
	const toBase64 = (bytes) => {
		let binary = "";
		for (const byte of bytes) binary += String.fromCharCode(byte);
		return btoa(binary);
	};
	Object.assign(globalThis.fs, {
		constants: {O_WRONLY: 1, O_RDWR: 2, O_CREAT: 0o100, O_TRUNC: 0o1000, O_APPEND: 0o2000, O_EXCL: 0o200, O_DIRECTORY: 0o200000},
		writeSync: (fd, bytes) => {
			write(decoder.decode(bytes, {stream: true}));
			return bytes.length;
		},
		write: (fd, bytes, offset, length, position, done) => {
			const part = bytes.slice(offset, offset + length);
			if (fd > 2) return call("write", {fd, buffer: toBase64(part), offset: 0, length, position}, done, ({written}) => written);
			done(null, globalThis.fs.writeSync(fd, part));
		},
		read: (fd, bytes, offset, length, position, done) => call("read", {fd, offset, length, position}, done, ({read, buffer}) => {
			bytes.set(Uint8Array.from(atob(buffer), (c) => c.charCodeAt(0)), offset);
			return read;
		}),
		open: (path, flags, mode, done) => call("open", {path: folder + "/" + path, flags, mode}, done, ({fd}) => fd),
		close: (fd, done) => call("close", {fd}, done),
		stat: (path, done) => call("stat", {path: folder + "/" + path}, done, stat),
		lstat: (path, done) => call("lstat", {path: folder + "/" + path}, done, stat),
		fstat: (fd, done) => call("fstat", {fd}, done, stat),
		readdir: (path, done) => call("readdir", {path: folder + "/" + path}, done, ({entries}) => entries),
		mkdir: (path, perm, done) => call("mkdir", {path: folder + "/" + path, perm}, done),
		rename: (from, to, done) => call("rename", {from: folder + "/" + from, to: folder + "/" + to}, done),
		unlink: (path, done) => call("unlink", {path: folder + "/" + path}, done),
		rmdir: (path, done) => call("rmdir", {path: folder + "/" + path}, done),
	});
	Object.assign(globalThis.process, {pid: config.pid, ppid: config.ppid, cwd: () => folder});

	addEventListener("error", ({message}) => write("error: " + message + "\n"));
	addEventListener("unhandledrejection", ({reason}) => write("unhandled rejection: " + reason + "\n"));
	const go = new Go();
	go.argv = config.args;
	go.env = config.env;
	let code = 2; // of a program that never exits
	go.exit = (c) => { code = c; };
	WebAssembly.instantiateStreaming(fetch("test.wasm"), go.importObject)
		.then(({instance}) => go.run(instance))
		.catch((error) => write(`${error}\n${error?.stack}\n`))
		.finally(() => post("exit", String(code)));
}
