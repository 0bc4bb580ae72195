export interface DesktopOptions {
	/** Default: 8080. With 0, the system chooses a free one. */
	port?: number | undefined;
	/** The URL of the widget that the desktop shows if its own URL names none (?widget=…). */
	widget?: string | undefined;
	/** The origins of pages that may have the desktop in an iframe. Default: none. */
	frames?: readonly string[] | undefined;
}

export interface Desktop {
	/** Such as "http://localhost:8080". */
	readonly origin: string;
	/** The page to open. */
	readonly url: string;
	close(): Promise<void>;
}

/**
 * Serves the simulated desktop to browsers on this machine, until close is called. The Promise is rejected with an error whose
 * code is "EADDRINUSE" if the port is taken.
 */
export function startDesktop(options?: DesktopOptions): Promise<Desktop>;

/** Returns a port that is free on this machine, at or after the given one; 0 if there is none. */
export function freePort(from: number): Promise<number>;
