/** What a panel can be told. Everything can be left out. */
export interface PanelOptions {
	/**
	 * The origin of your WWE, such as "https://wwe.example.com"; several are separated by spaces. The panel trusts no other.
	 * Without it, the panel uses Genesys' client object, genesys.wwe.service, which the page must have loaded.
	 */
	origin?: string;
	/** The id of the page's own iframe in which WWE runs. Without it, WWE is the window around the page, or the one that opened it. */
	frame?: string;
	/** How many milliseconds WWE has to answer. Default: 8000. */
	timeout?: number;
	/** Light, dark, or as the person has set it for the system, which is the default. */
	theme?: "auto" | "light" | "dark";
	/** The language, such as "de". Default: that of the element, of the page, or of the browser. */
	lang?: string;
}

/** A panel on the page. */
export interface PanelHandle {
	/** Fulfilled when the panel is there; rejected, with the text that the element shows, when it could not be loaded. */
	readonly ready: Promise<void>;
	/** Changes the theme at once. */
	setTheme(theme?: "auto" | "light" | "dark"): void;
	/** Ends the panel and takes away everything that it has put on the page. */
	unmount(): void;
}

/** Shows a panel at the end of the element. It may be called many times, for as many panels. */
export function mount(element: Element, options?: PanelOptions): PanelHandle;

/** The element <wwe-panel>, whose attributes are the options. */
export interface PanelElement extends HTMLElement {
	/** That of the panel in it; undefined while the element is not on the page. */
	readonly ready?: Promise<void>;
}

/** What there is to tell of an interaction. Its id is "" where the agent has selected none. */
export interface InteractionNotice {
	interactionId: string;
	interactionUUID: string;
	caseId: string;
	media: string;
	state: string;
	previousState: string;
	/** "selected" with wwe-interaction-selected; "gone" if WWE does not hold it any more. */
	change: "new" | "state" | "data" | "gone" | "selected";
}

/** What the agent wanted to do has failed; the panel shows it too. */
export interface ActionFailed {
	action: string;
	interactionId: string;
	message: string;
	/** Who can do something about it. */
	category: string;
}

/** The panel could not be loaded or has stopped. */
export interface PanelFailed {
	reason: "unsupported" | "unreachable" | "missing" | "forbidden" | "damaged" | "mixed" | "options" | "stopped" | "unknown";
	message: string;
}

declare global {
	/** The events bubble: listen on the element, or anywhere around it. */
	interface HTMLElementEventMap {
		"wwe-interaction-changed": CustomEvent<InteractionNotice>;
		"wwe-interaction-selected": CustomEvent<InteractionNotice>;
		"wwe-action-failed": CustomEvent<ActionFailed>;
		"wwe-panel-failed": CustomEvent<PanelFailed>;
	}
	interface HTMLElementTagNameMap {
		"wwe-panel": PanelElement;
	}
}
