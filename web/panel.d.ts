/** The themes. "auto" follows the system's setting. */
export type PanelTheme = "auto" | "light" | "dark";

/** The options of a panel, all optional. */
export interface PanelOptions {
	/**
	 * The origin of your WWE, such as "https://wwe.example.com"; several are separated by spaces. The panel trusts no other.
	 * Without it, the panel uses Genesys' client object, genesys.wwe.service, which the page must have loaded.
	 */
	origin?: string | undefined;
	/** The id of the page's own iframe in which WWE runs; the panel follows it when the page reloads, moves or replaces it. It needs origin too. Without it, WWE is the window around the page, or the one that opened it. */
	frame?: string | undefined;
	/** How many milliseconds WWE has to answer. Default: 8000. */
	timeout?: number | undefined;
	/** Light, dark, or as the person has set it for the system, which is the default. */
	theme?: PanelTheme | undefined;
	/**
	 * The language, such as "de" or an Intl.Locale. Default: that of the element, of the page, or of the browser. The panel speaks ar, de, en, es, fr,
	 * it, ja and pt-BR; any other is English.
	 */
	lang?: string | { readonly language: string; toString(): string } | undefined;
	/** A sound while something rings, made by the browser, which may want the agent to use the page first. Default: false. */
	sound?: boolean | undefined;
	/** A notification of the browser's for what rings while the agent is elsewhere. The panel has a button by which the agent allows it. Default: false. */
	notify?: boolean | undefined;
	/**
	 * The keyboard shortcuts: false for none, else those to change, each a combination with Ctrl, Alt or Meta, or false.
	 * Of an attribute: "false", or "accept=Alt+Shift+Y; reject=false". The panel lists what there is.
	 */
	shortcuts?: false | PanelShortcuts | string | undefined;
	/**
	 * The URL of the folder that holds this package's files panel-….wasm, panel-….css and panel-….txt, under their names there. Default: the folder
	 * of the module. It is for bundlers that do not copy the files, such as esbuild.
	 */
	files?: string | URL | undefined;
	/** Keys of user data that come first, in this order: three to five that the agent needs at a glance. A string separates them by commas. */
	keys?: readonly string[] | string | undefined;
	/**
	 * What the agent can choose as the outcome of an interaction, during it and after it. Without it, the panel asks for none. A string
	 * separates them by commas: "sold, lost" or "sold=Sold, lost=Not interested".
	 */
	dispositions?: readonly (string | PanelDisposition)[] | string | undefined;
	/** The key of user data that the disposition is saved under. Default: "DispositionCode", as WWE's option interaction.disposition.key-name. */
	dispositionKey?: string | undefined;
	/** The panel's Mark done waits until a disposition is chosen. WWE's own does not. Default: false. */
	dispositionRequired?: boolean | "true" | "false" | "" | undefined;
	/** The key of user data that the agent's note is saved under. Without it, the panel asks for none. */
	noteKey?: string | undefined;
}

/** A disposition: the value for WWE, with its name for the agent, which is the value by default. */
export interface PanelDisposition {
	readonly value: string;
	readonly label?: string | undefined;
}

/** The shortcuts, with their defaults. hold resumes too, and mute unmutes. */
export interface PanelShortcuts {
	/** Alt+Shift+Y: of what is selected if that rings, else of what rings first. */
	accept?: string | false | undefined;
	/** Alt+Shift+N */
	reject?: string | false | undefined;
	/** Alt+Shift+H */
	hold?: string | false | undefined;
	/** Alt+Shift+E */
	hangUp?: string | false | undefined;
	/** Alt+Shift+M */
	mute?: string | false | undefined;
	/** Alt+Shift+U */
	consult?: string | false | undefined;
	/** Alt+Shift+F */
	transfer?: string | false | undefined;
	/** Alt+Shift+D */
	markDone?: string | false | undefined;
	/** Alt+Shift+L */
	dial?: string | false | undefined;
	/** Alt+Shift+S: the list of the shortcuts. */
	list?: string | false | undefined;
}

/** A panel on the page. */
export interface PanelHandle {
	/** Fulfilled when the panel is there; rejected, with the text that the element shows, if an option is wrong or the panel cannot be loaded. */
	readonly ready: Promise<void>;
	/** Changes the theme at once. Throws a TypeError if there is no such theme. */
	setTheme(theme?: PanelTheme | undefined): void;
	/** Selects an interaction, and its case in WWE. Rejected with the reason if WWE does not hold it. */
	select(interactionId: string): Promise<void>;
	/** Calls a number, as the agent can do in the panel. Fulfilled when WWE has taken it; rejected with the reason, which the panel shows too if WWE gives it. */
	dial(number: string): Promise<void>;
	/** Ends the panel and takes away everything that it has put on the page. */
	unmount(): void;
}

/**
 * Shows a panel at the end of the element. It may be called many times, for as many panels. Throws a TypeError if the element
 * is none; a wrong option rejects ready instead, and the element shows the reason.
 */
export function mount(element: Element, options?: PanelOptions): PanelHandle;

/** The element <wwe-panel>, whose attributes are the options. */
export interface PanelElement extends HTMLElement {
	/** That of the panel in it; undefined while the element is not on the page. */
	readonly ready: Promise<void> | undefined;
	/** As PanelHandle.select; undefined while the element is not on the page. */
	select(interactionId: string): Promise<void> | undefined;
	/** As PanelHandle.dial; undefined while the element is not on the page. */
	dial(number: string): Promise<void> | undefined;
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
	/** Where to look first: the panel's code, WWE's configuration, what the agent did, or the connection. */
	category: "author" | "configuration" | "agent" | "connection";
}

/** The panel could not be loaded or has stopped. */
export interface PanelFailed {
	reason: "unsupported" | "unreachable" | "missing" | "forbidden" | "damaged" | "mixed" | "options" | "stopped" | "unknown";
	message: string;
}

/** The events of a panel. They bubble: listen on the element, or anywhere around it. */
export interface PanelEventMap {
	"wwe-interaction-changed": CustomEvent<InteractionNotice>;
	"wwe-interaction-selected": CustomEvent<InteractionNotice>;
	"wwe-action-failed": CustomEvent<ActionFailed>;
	"wwe-panel-failed": CustomEvent<PanelFailed>;
}

/** The attributes of <wwe-panel> in JSX. */
export interface PanelAttributes {
	origin?: string | undefined;
	frame?: string | undefined;
	timeout?: number | string | undefined;
	theme?: PanelTheme | undefined;
	lang?: string | undefined;
	sound?: boolean | "" | undefined;
	notify?: boolean | "" | undefined;
	shortcuts?: string | undefined;
	files?: string | undefined;
	keys?: string | undefined;
	dispositions?: string | undefined;
	"disposition-key"?: string | undefined;
	"disposition-required"?: boolean | "true" | "false" | "" | undefined;
	"note-key"?: string | undefined;
}

interface CommonAttributes {
	id?: string | undefined;
	class?: string | undefined;
	className?: string | undefined;
	slot?: string | undefined;
	hidden?: boolean | undefined;
	style?: any;
	key?: any;
	ref?: any;
	children?: any;
}

declare global {
	interface GlobalEventHandlersEventMap extends PanelEventMap {} // of windows, documents and HTML elements
	interface ElementEventMap extends PanelEventMap {}
	interface HTMLElementTagNameMap {
		"wwe-panel": PanelElement;
	}
	namespace JSX {
		interface IntrinsicElements {
			"wwe-panel": PanelAttributes & CommonAttributes;
		}
	}
}

// @ts-ignore: TypeScript finds no module to add to where React is not installed. Nor does it over a symlink to this folder.
declare module "react" { namespace JSX { interface IntrinsicElements { "wwe-panel": PanelAttributes & DetailedHTMLProps<HTMLAttributes<PanelElement>, PanelElement>; } } }
// @ts-ignore: and likewise for Preact.
declare module "preact" { namespace JSX { interface IntrinsicElements { "wwe-panel": PanelAttributes & import("preact").HTMLAttributes<PanelElement>; } } }
