// Types of window.wweHost on the desktop's page: WWE for scripts. What WWE would refuse throws an Error with the reason.

import type { Agent, Contact, Interaction, KeyValues, MediaState, Open, RequestName, Target, Topic } from "./service.js";

declare global {
	var wweHost: WWEHost;
}

export interface WWEHost {
	/** A customer calls. The result is the interaction's id, here and for all functions up to pull. */
	ring(options?: CallOptions): string;
	/** A colleague transfers a call to the agent. */
	transferIn(options: CallOptions | undefined, from: string): string;
	chat(options?: ChatOptions): string;
	email(options?: EmailOptions): string;
	workItem(options?: WorkItemOptions): string;
	/** The agent calls somebody. */
	dial(options?: CallOptions): string;
	/** The agent writes an email. */
	compose(options?: EmailOptions): string;
	/** The agent is shown a record of a campaign. */
	preview(options?: PreviewOptions): string;
	/** The agent takes up work from the workbin again. */
	pull(uuid: string): string;
	/** The work that the agent has saved. */
	workbin(): SavedWork[];

	answer(id: string): void;
	reject(id: string): void;
	hold(id: string): void;
	resume(id: string): void;
	hangUp(id: string): void;
	/** The agent presses Done. A widget has a second to block it: then the Promise is rejected with the widget's warning. */
	markDone(id: string): Promise<void>;
	/** All that can happen to the interaction now. */
	actions(id: string): Action[];
	do(id: string, action: Action): Promise<void>;

	/** The agent consults a colleague. The result is the id of the consultation. */
	consult(id: string, to: string | HostTarget): string;
	/** The result of this and of the next three is the id of the customer's interaction. */
	transfer(id: string, to: string | HostTarget): string;
	conference(id: string, to: string | HostTarget): string;
	/** Takes the id of the consultation. */
	completeTransfer(consultationId: string): string;
	/** Takes the id of the consultation. */
	completeConference(consultationId: string): string;

	/** What WWE holds, to assert on. */
	interactions(): Interaction[];
	interaction(id: string): Interaction;
	/** Somebody other than the widget changes the user data. */
	setUserData(id: string, userData: KeyValues): void;
	deleteUserData(id: string, key: string): void;
	addParty(id: string, party: PartyOptions): void;
	removeParty(id: string, name: string): void;
	selectCase(caseId: string): void;

	/** Without a state, it only returns the current one. */
	agentState(operationName?: string): MediaState;
	mediaState(media: string, operationName?: string): MediaState;

	config(): Config;
	/** Changes what the object names, and returns the whole configuration. */
	configure(config: Partial<Config>): Config;

	/** WWE misbehaves from now on. */
	fault(options: Fault): void;
	faults(): Fault[];
	clearFaults(): void;

	/** All requests of widgets, in order. */
	requests(): HostRequest[];
	/** All messages in both directions. */
	messages(): HostMessage[];

	toasts(): ShownToast[];
	/** The agent presses a button of a toast. */
	pressToast(id: string, button: string): void;
	closeToast(id: string): void;
	dialogs(): ShownDialog[];
	closeDialog(id: string): void;
	/** The views of widgets in the menu bar, as they were given. */
	views(): KeyValues[];

	loadCampaign(campaign: Campaign): void;
	startCampaign(name: string): void;
	unloadCampaign(name: string): void;
	/** What has become of the record that the interaction shows. */
	recordOutcome(id: string): RecordOutcome;

	/** Sends widgets a string message, which must begin with "wwe". */
	post(text: string): void;
	/** Sends an event of any kind. */
	emit(topic: Open<Topic>, data?: unknown): void;
	/** WWE reloads, and its widgets with it. Interactions get new ids. */
	restart(): void;
	/** Everything is as at the start. */
	reset(): void;
}

/** WWEHost over a boundary, such as Playwright's: every function returns a Promise. */
export type AsyncHost = {
	readonly [Name in keyof WWEHost]: (...parameters: Parameters<WWEHost[Name]>) => Promise<Awaited<ReturnType<WWEHost[Name]>>>;
};

export interface ContactOptions {
	displayName?: string | undefined;
	firstName?: string | undefined;
	lastName?: string | undefined;
}

export interface WorkOptions {
	userData?: KeyValues | undefined;
	contact?: ContactOptions | undefined;
}

export interface CallOptions extends WorkOptions {
	/** The number that calls. */
	ani?: string | undefined;
	/** The number that is called. */
	dnis?: string | undefined;
}

export interface ChatOptions extends WorkOptions {
	from?: string | undefined;
	/** Default: "chat". */
	media?: string | undefined;
	/** A colleague asks the agent in. */
	conference?: boolean | undefined;
}

export interface EmailOptions extends WorkOptions {
	from?: string | undefined;
	to?: string | undefined;
	subject?: string | undefined;
}

export interface WorkItemOptions extends WorkOptions {
	from?: string | undefined;
	media?: string | undefined;
}

export interface PreviewOptions extends WorkOptions {
	campaign?: string | undefined;
	phone?: string | undefined;
}

export interface PartyOptions {
	name?: string | undefined;
	phoneNumber?: string | undefined;
	/** Of an agent. */
	username?: string | undefined;
	firstName?: string | undefined;
	lastName?: string | undefined;
}

export interface HostTarget extends Partial<Target> {
	destination: string;
	media?: string | undefined;
}

export interface SavedWork {
	/** For pull. */
	interactionUUID: string;
	media: string;
	parties: string[];
	userData: KeyValues;
}

export type Action =
	| "answer" | "reject" | "hold" | "resume" | "hangUp" | "leave" | "send" | "cancel" | "save" | "call" | "markDone"
	| "startRecording" | "pauseRecording" | "resumeRecording" | "stopRecording"
	| "noAnswer" | "redirect" | "revoke" | "join" | "joinFails" | "fail" | "lose" | "recover";

/** WWE's options, what people do, and what Genesys does not document. Times are in milliseconds. */
export interface Config {
	/** service-client-api.accepted-web-content-origins */
	acceptedOrigins: string;
	/** service-client-api.rate-limit: requests per minute; 0 is any number. */
	rateLimit: number;
	/** service-client-api.rate-limit.(service), by request. */
	rateLimits: { [request: string]: number } | null;
	/** service-client-api.rate-limit-quarantine-delay */
	quarantineDelay: number;
	/** service-client-api.user-data.read-allowed */
	readAllowed: string;
	/** service-client-api.user-data.write-allowed */
	writeAllowed: string;
	/** service-client-api.block-markdone-timeout */
	blockMarkDoneTimeout: number;
	/** What configuration.getOption can read, by "section/name". */
	options: { [option: string]: string } | null;

	/** How long work waits for an agent who does not answer; 0 is for ever. */
	noAnswerTimeout: number;
	/** Colleagues answer at once. */
	targetsAnswer: boolean;
	/** Chats join their session at once. */
	chatJoins: boolean;
	/** The role of this tab among the tabs with WWE. */
	tab: "leads" | "follows" | "negotiates";
	agent: Partial<Agent>;

	// Guesses. A widget should work with every setting.

	/** WWE does not answer what it refuses. */
	silentRefusal: boolean;
	/** The text of errors. "{reason}" stands for the reason. */
	errorText: string;
	/** The data of the answer to a command. */
	commandData: "" | "null" | "{}" | (string & {});
	frameIds: boolean;
	silentUnsubscribe: boolean;
	duplicateEvents: boolean;
	sharedSubscriptionIds: boolean;
	userDataStates: boolean;
	holdOthers: boolean;
	severalConsultations: boolean;
	selfCalls: boolean;
	anyTargetType: boolean;
	repeatedDials: boolean;
	encodeUrlVariables: boolean;
	blocksLapse: boolean;
	userDataAfterRelease: boolean;
	keepWindow: boolean;
	reuseIds: boolean;
	caseExpandedDelay: number;
}

export interface Fault {
	/** The request to affect, "subscribe" or "unsubscribe"; without it, every request. */
	request?: Open<RequestName | "subscribe" | "unsubscribe"> | undefined;
	/** Affects the events of this topic in place of requests. */
	topic?: Open<Topic> | undefined;
	/** Affects the next n; without it, all. */
	next?: number | undefined;
	/** Of affecting each, up to 1, which is the default. */
	probability?: number | undefined;
	/** Default: "refuse" or "data" if that property is set, else "ignore". */
	kind?: FaultKind | undefined;
	/** The errorMessage of "refuse". */
	refuse?: string | undefined;
	/** The data of "data". */
	data?: unknown;
	/** Milliseconds of "delay". Default: a minute. */
	delay?: number | undefined;
	/** Events of "burst", bytes of "huge". */
	count?: number | undefined;
}

export type FaultKind =
	| "ignore" | "silence" | "refuse" | "data" | "drop" | "delay" | "twice" | "reorder" | "wrongType" | "wrongId" | "truncated" | "huge"
	| "burst" | "eventFirst" | "restart" | "forge";

export interface HostRequest {
	name: Open<RequestName>;
	parameters: unknown[];
}

export interface HostMessage {
	/** Milliseconds since 1970. */
	at: number;
	/** The number of the widget's iframe. */
	frame: number;
	fromWidget: boolean;
	/** JSON, usually. */
	text: string;
}

export interface ShownToast {
	id: string;
	/** As the widget has given them. */
	parameters: KeyValues;
}

export interface ShownDialog {
	id: string;
	url: string;
	label: string;
	width: string;
	height: string;
}

export interface Campaign {
	name: string;
	/** Such as "Preview". */
	mode?: string | undefined;
	/** For each customer a chain of records. */
	records?: { phone?: string | undefined; fields?: { [field: string]: string } | undefined }[][] | undefined;
}

export interface RecordOutcome {
	/** 0 if there is none yet. */
	callResult: number;
	/** A date such as "3/9/2027 9:05", or "". */
	rescheduled: string;
	callback: string;
	doNotCall: boolean;
	fields: { [field: string]: string } | null;
}

export type { Agent, Contact, Interaction, KeyValues, MediaState, RequestName, Topic };
