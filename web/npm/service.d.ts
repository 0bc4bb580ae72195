// Types of genesys.wwe.service, the object that Genesys' client file wwe-service-client-api.js creates.
//
// They describe the client of March 2023, the newest known. Older clients lack some methods; their comments say since when
// they exist. sendMessage sends any request, even one that the client has no method for.
//
// Genesys documents the methods and their parameters, and the data of some answers. "Inferred" marks what comes from
// programs that use the API and from logs of WWE instead. The data of an answer that nobody has described is unknown.

/** A documented value, or another one: WWE may send values that are not documented. */
export type Open<Known extends string> = Known | (string & {});

/** The object genesys.wwe.service. */
export interface Service extends Namespaces {
	/**
	 * Sends a request of any name, and returns its referenceId. The client changes the message: it adds referenceId,
	 * userAgent and protocolVersion, so use each message object once.
	 */
	sendMessage<Data = unknown>(message: RequestMessage, ...callbacks: Callbacks<Data>): string;

	/**
	 * Subscribes to one topic or several. Each topic has one handler: a second subscribe to it replaces the first. The client
	 * reports a failure to the console only. Events that arrive before WWE's answer are lost.
	 */
	subscribe<T extends Topic>(event: T | readonly T[], callback: (event: EventMessage<T>) => void, context?: object): this;

	/** Ends a subscription. It takes the callback, not the event (Genesys' own comment says otherwise). */
	unsubscribe(callback: (event: never) => void): this;

	/** Names the window that WWE runs in, for a page that has WWE in an iframe. The default is the opener, else the parent. */
	targetWWEWindow(window: Window): void;

	/** Drops all pending requests and stops listening. WWE is not told. */
	unload(): void;

	/** A function of yours that gets messages that are strings and begin with "wwe". Their content is not documented. */
	onMessage?: ((message: string) => void) | undefined;
}

/** The eleven namespaces of the client, with 74 requests. */
export interface Namespaces {
	/** Since 2020. */
	readonly auth: Auth;
	readonly agent: AgentNamespace;
	readonly interaction: InteractionNamespace;
	readonly voice: Voice;
	readonly sipEndpoint: SIPEndpoint;
	readonly email: Email;
	readonly media: MediaNamespace;
	/** Since December 2021. */
	readonly outbound: Outbound;
	readonly system: System;
	/** Since 2022. */
	readonly messenger: Messenger;
	/** Since 2020. */
	readonly configuration: Configuration;
}

/**
 * The names of all requests, such as "interaction.accept". The last one is documented since July 2022, but no client has a
 * method for it; its wire name is inferred.
 */
export type RequestName =
	| { [N in keyof Namespaces]: `${N}.${keyof Namespaces[N] & string}` }[keyof Namespaces]
	| "configuration.getContextualOption";

/** A message to send with sendMessage. */
export interface RequestMessage {
	request: Open<RequestName>;
	parameters?: readonly unknown[] | undefined;
	/** Chosen by the client if it is missing or empty. */
	referenceId?: string | undefined;
}

/**
 * The last two parameters of each method: succeeded and failed. Without succeeded, the client never calls failed either, so
 * these types do not allow failed alone.
 */
export type Callbacks<Data = unknown> = [succeeded?: null] | [succeeded: Succeeded<Data>, failed?: Failed | null];

/** Gets the whole message of a successful answer. */
export type Succeeded<Data = unknown> = (this: Service, answer: Answer<Data>) => void;

/** Gets the message of a refusal, or the text "Request timeout" if WWE has not answered for ten seconds. */
export type Failed = (this: Service, failure: Failure | "Request timeout") => void;

/** A successful answer. For a command, nobody has described the data: it may be missing, null or an object. */
export interface Answer<Data = unknown> {
	readonly request: string;
	readonly data: Data;
	readonly userAgent: string;
	readonly protocolVersion: number;
}

/** A refusal. No text of any errorMessage is documented. It may be empty. Properties other than errorMessage are inferred. */
export interface Failure {
	readonly errorMessage: string | null;
	readonly request?: string | undefined;
	readonly userAgent: string;
	readonly protocolVersion?: number | undefined;
}

/** Keys and values, attached to an interaction or passed to the switch. Values are strings or, on the wire, nested objects. */
export interface KeyValues {
	[key: string]: unknown;
}

// ---- auth ----

export interface Auth {
	/** Returns a token with which your server can identify the agent. WWE gives it only to origins that are allowed auth.getJwtToken by name. */
	getJwtToken(...callbacks: Callbacks<JwtToken>): void;
}

export interface JwtToken {
	/** A secret. */
	readonly jwtToken: string;
	/** Such as "2020-04-14T13:26:51.846Z". */
	readonly expiration: string;
}

// ---- agent ----

export interface AgentNamespace {
	get(...callbacks: Callbacks<Agent>): void;
	getState(...callbacks: Callbacks<MediaState>): void;
	/** Returns the states that the agent can choose. */
	getStateList(...callbacks: Callbacks<MediaState[]>): void;
	/** Takes the operationName of a state from getStateList, such as "NotReady". */
	setState(stateOperationName: string, ...callbacks: Callbacks): void;
}

export interface Agent {
	readonly employeeId: string;
	readonly firstname: string;
	readonly lastname: string;
	readonly username: string;
	/** Documented for WWE on premises only. */
	readonly roles?: readonly Open<"ROLE_AGENT" | "ROLE_SUPERVISOR" | "ROLE_ADMIN">[] | undefined;
}

/** A state of the agent or of a media: media.State. */
export interface MediaState {
	/** Values are inferred from programs and logs. */
	readonly type: Open<
		| "UNKNOWN" | "LOGOUT" | "LOGOUT_DND_ON" | "READY" | "PARTIAL_READY" | "READY_ACTION_CODE" | "NOT_READY" | "NOT_READY_ACTION_CODE"
		| "NOT_READY_AFTER_CALLWORK" | "NOT_READY_AFTER_CALLWORK_ACTION_CODE" | "DND_ON" | "OUT_OF_SERVICE"
	>;
	/** The text to show. */
	readonly displayName: string;
	/** The value for setState, such as "Ready", "NotReady" or "AfterCallWork". */
	readonly operationName: string;
}

// ---- interaction ----

export interface InteractionNamespace {
	getInteractions(...callbacks: Callbacks<Interaction[]>): void;
	/** Returns null if there is no interaction with this id. */
	getByInteractionId(interactionId: string, ...callbacks: Callbacks<Interaction | null>): void;
	/** Adds user data and overwrites existing keys. A call must not be IDLE. WWE's option user-data.write-allowed may restrict the keys. */
	setUserData(interactionId: string, keyValues: KeyValues, ...callbacks: Callbacks): void;
	deleteUserData(interactionId: string, key: string, ...callbacks: Callbacks): void;
	/** Since 2017. */
	selectCaseByCaseId(caseId: string, ...callbacks: Callbacks): void;
	/** Closes the interaction. A preview of an outbound campaign ends as with "Done and Stop". Since 2017. */
	markdone(interactionId: string, ...callbacks: Callbacks): void;
	/** Keeps the agent from marking the interaction done. WWE shows the message at each attempt. Since 2017. */
	blockMarkdone(interactionId: string, warningMessage: string, ...callbacks: Callbacks): void;
	/** Undoes blockMarkdone. Since 2017. */
	unblockMarkdone(interactionId: string, ...callbacks: Callbacks): void;
	/** Only while it rings. Since 2020. */
	accept(interactionId: string, ...callbacks: Callbacks): void;
	/** Only while it rings. Since 2020. */
	reject(interactionId: string, ...callbacks: Callbacks): void;
	/** Since March 2023. */
	singleStepTransfer(
		interactionId: string, target: string | Target, userData?: KeyValues | null, extensions?: KeyValues | null, ...callbacks: Callbacks
	): void;
	/** Since March 2023. */
	singleStepConference(
		interactionId: string, target: string | Target, userData?: KeyValues | null, extensions?: KeyValues | null, ...callbacks: Callbacks
	): void;
	/** Starts a consultation, a new interaction. Extensions do not apply to chat. Since March 2023. */
	consult(
		interactionId: string, target: string | ConsultTarget, userData?: KeyValues | null, extensions?: KeyValues | null,
		...callbacks: Callbacks
	): void;
	/** Takes the id of the consultation. Since March 2023. */
	completeTransfer(consultInteractionId: string, ...callbacks: Callbacks): void;
	/** Takes the id of the consultation. Since March 2023. */
	completeConference(consultInteractionId: string, ...callbacks: Callbacks): void;
}

/** Whom to transfer to. A string instead of an object is the destination of a custom contact. */
export interface Target {
	type: Open<"AGENT" | "AGENT_GROUP" | "SKILL" | "INTERACTION_QUEUE" | "ROUTING_POINT" | "CUSTOM_CONTACT">;
	/** An employee id, the name of a group, skill, queue or routing point, or a phone number. */
	destination: string;
}

export interface ConsultTarget extends Target {
	/** Default: the interaction's own media. */
	media?: string | undefined;
}

export type InteractionState = Open<
	| "UNKNOWN" | "IDLE" | "RINGING" | "DIALING" | "TALKING" | "HELD" | "PREVIEW" | "INVITED" | "ACCEPTED" | "CREATED" | "PULLED" | "REVOKED"
	| "COMPLETED" | "ERROR" | "SAVED" | "TRANSFERRING" | "TRANSFER_COMPLETED" | "INVITED_CONFERENCE" | "LEFT_CONFERENCE"
	| "USER_DATA_ATTACHED" | "USER_DATA_UPDATED" | "JOIN_PENDING" | "JOIN_FAILED" | "HISTORY_IN_PROGRESS" | "HISTORY_DONE"
	| "CANCELLED" | "SENT" | "READY" | "CANCELED" | "REJECTED"
>;

/** One of the agent's interactions. */
export interface Interaction {
	/** Valid until WWE's page reloads. Afterwards it may belong to another interaction. */
	readonly interactionId: string;
	readonly caseId: string;
	/** The customer's interaction if this one is a consultation. */
	readonly parentInteractionId: string | null;
	/** The keys that this page may read. */
	readonly userData: Readonly<KeyValues>;
	readonly state: InteractionState;
	readonly previousState: InteractionState;
	readonly parties: readonly Party[];
	readonly isConsultation: boolean;
	readonly isMainCaseInteraction: boolean;
	readonly isCaseSelected: boolean;
	readonly isCaseExpanded: boolean;
	/** The call's UUID for voice, attr_itx_id for other media. */
	readonly interactionUUID?: string | undefined;
	/** "voice", "chat", "email" and others. Inferred: seen in logs, not documented. */
	readonly media?: string | undefined;
	/** Voice only, as are the next five. A property that WWE has no value for is missing (inferred). */
	readonly callUuid?: string | undefined;
	readonly direction?: Open<"IN" | "OUT" | "UNKNOWN"> | undefined;
	readonly callType?: Open<"INTERNAL" | "INBOUND" | "OUTBOUND" | "CONSULT" | "UNKNOWN"> | undefined;
	readonly ani?: string | undefined;
	readonly dnis?: string | undefined;
	readonly recordingState?: Open<"STOPPED" | "RECORDING" | "PAUSED"> | undefined;
	/** Once an inbound call that nobody answered is released. Documented for the cloud only, as are the next two. */
	readonly ronaCallState?: Open<"REDIRECTED" | "NO_ANSWER"> | undefined;
	readonly connId?: string | undefined;
	readonly contact?: Contact | undefined;
}

/** A party of an interaction. Only the name is documented; the rest is inferred from logs. */
export interface Party {
	readonly name: string;
	readonly identifier?: string | undefined;
	readonly phoneNumber?: string | undefined;
	/** "AGENT" once WWE has recognised an agent, which the next four then describe. */
	readonly type?: Open<"AGENT"> | undefined;
	readonly username?: string | undefined;
	readonly firstname?: string | undefined;
	readonly lastname?: string | undefined;
	readonly path?: string | undefined;
}

/** The customer. The spelling of the names is as documented. */
export interface Contact {
	readonly displayName?: string | undefined;
	readonly firstname?: string | undefined;
	readonly lastName?: string | undefined;
}

// ---- voice ----

export interface Voice {
	/** Calls a number. The data of the answer is not documented; the call arrives as an event. */
	dial(destination: string, userData?: KeyValues | null, ...callbacks: Callbacks): void;
	dial(destination: string, ...callbacks: Callbacks): void;
	/** Since March 2023. Pass null for no user data. */
	dialEx(destination: string, userData?: KeyValues | null, extensions?: KeyValues | null, ...callbacks: Callbacks): void;
	/** Since 2017, as is the rest. */
	answer(interactionId: string, ...callbacks: Callbacks): void;
	hold(interactionId: string, ...callbacks: Callbacks): void;
	resume(interactionId: string, ...callbacks: Callbacks): void;
	hangUp(interactionId: string, ...callbacks: Callbacks): void;
	startCallRecording(interactionId: string, ...callbacks: Callbacks): void;
	stopCallRecording(interactionId: string, ...callbacks: Callbacks): void;
	pauseCallRecording(interactionId: string, ...callbacks: Callbacks): void;
	resumeCallRecording(interactionId: string, ...callbacks: Callbacks): void;
}

// ---- sipEndpoint ----

export interface SIPEndpoint {
	muteMicrophone(...callbacks: Callbacks): void;
	unmuteMicrophone(...callbacks: Callbacks): void;
	muteSpeaker(...callbacks: Callbacks): void;
	unmuteSpeaker(...callbacks: Callbacks): void;
	/** That the data is a boolean is inferred. */
	isMicrophoneMute(...callbacks: Callbacks<boolean>): void;
	/** That the data is a boolean is inferred. */
	isSpeakerMute(...callbacks: Callbacks<boolean>): void;
}

// ---- email ----

export interface Email {
	/** Starts an email to the address. The data of the answer is not documented; the email arrives as an event. */
	create(destination: string, userData?: KeyValues | null, ...callbacks: Callbacks): void;
	create(destination: string, ...callbacks: Callbacks): void;
}

// ---- media ----

export interface MediaNamespace {
	getMediaList(...callbacks: Callbacks<Media[]>): void;
	/** That the data is null if the agent has no such media is inferred. */
	getMediaByName(mediaName: string, ...callbacks: Callbacks<Media | null>): void;
	/** Takes the operationName of a state from agent.getStateList. */
	setState(mediaName: string, stateOperationName: string, ...callbacks: Callbacks): void;
}

/** One of the agent's media. Both properties are inferred from programs that read them. */
export interface Media {
	/** Such as "voice". */
	readonly media: string;
	readonly state: MediaState;
}

// ---- outbound ----

/** Records of outbound campaigns. Each is identified by the id of the interaction that shows it. No data is documented. */
export interface Outbound {
	getCampaigns(...callbacks: Callbacks): void;
	getListOfCallResults(...callbacks: Callbacks): void;
	startDirectPushPreview(...callbacks: Callbacks): void;
	stopDirectPushPreview(...callbacks: Callbacks): void;
	/** Asks for the next record, which arrives as an interaction. */
	getPreviewRecord(campaignName: string, ...callbacks: Callbacks): void;
	getChainedRecords(interactionId: string, ...callbacks: Callbacks): void;
	getRecordFields(interactionId: string, ...callbacks: Callbacks): void;
	/** The parameter is missing in the documentation, as is that of cancelPreviewRecord. The client sends both. */
	rejectPreviewRecord(interactionId: string, ...callbacks: Callbacks): void;
	cancelPreviewRecord(interactionId: string, ...callbacks: Callbacks): void;
	cancelReschedule(interactionId: string, ...callbacks: Callbacks): void;
	getCallResult(interactionId: string, ...callbacks: Callbacks): void;
	setDoNotCall(interactionId: string, ...callbacks: Callbacks): void;
	removeDoNotCall(interactionId: string, ...callbacks: Callbacks): void;
	/** Such as {GSW_FROM: "10:10", GSW_CUSTOM_DATE: "10/10/2021 23:45"}. */
	updateRecordFields(interactionId: string, recordData: { [field: string]: string }, ...callbacks: Callbacks): void;
	/** Calls the number of the record at this position in the chain. */
	callPreviewRecord(interactionId: string, recordHandle: number, ...callbacks: Callbacks): void;
	/** The date has the form "M/D/YYYY H:MM". The value of callbackType for a personal callback is not documented. */
	rescheduleRecord(
		interactionId: string, recordHandle: number, date: string, callbackType: Open<"CAMPAIGN">, ...callbacks: Callbacks
	): void;
	/** Takes a number from getListOfCallResults. */
	setCallResult(interactionId: string, callResult: number, ...callbacks: Callbacks): void;
}

// ---- system ----

export interface System {
	/** Returns the requests that this origin may use. That they are an array of names is inferred. */
	getAllowedServices(...callbacks: Callbacks<string[]>): void;
	/** Tells WWE that the agent is active (inferred from the name). */
	triggerActivity(...callbacks: Callbacks): void;
	/** Shows a toast. How the answer gives its id is not documented. Ids look like "wweCustomToast0". */
	popupToast(toast: Toast, ...callbacks: Callbacks): void;
	updateToast(toastId: string, toast: Toast, ...callbacks: Callbacks): void;
	closeToast(toastId: string, ...callbacks: Callbacks): void;
	/** Opens a dialog with a page. "$Dialog.Id$" in the URL stands for its id, such as "wweCustomDialog1". Since 2022. */
	openDialog(url: string, options: DialogOptions, ...callbacks: Callbacks): void;
	/** Since 2022. */
	closeDialog(dialogId: string, ...callbacks: Callbacks): void;
	/** Adds a view to WWE's menu bar, or changes the one with this name. */
	updateViewInApplicationMenuBar(view: MenuBarView, ...callbacks: Callbacks): void;
	closeViewInApplicationMenuBar(name: string, ...callbacks: Callbacks): void;
	/** That the data is a boolean is inferred, here and below. */
	amIVisible(...callbacks: Callbacks<boolean>): void;
	/** Whether this page is in the leading one of several tabs with WWE. Since 2021, as is the rest. */
	isFrameLeading(...callbacks: Callbacks<boolean>): void;
	isFrameFollowing(...callbacks: Callbacks<boolean>): void;
	isFrameNegotiating(...callbacks: Callbacks<boolean>): void;
	isFrameLeadingOrNegotiating(...callbacks: Callbacks<boolean>): void;
	isLastActiveFrame(...callbacks: Callbacks<boolean>): void;
}

/** Which properties are required is inferred. */
export interface Toast {
	title: string;
	iconUrl?: string | undefined;
	subject?: string | undefined;
	message?: string | undefined;
	keyValues?: KeyValues | undefined;
	/** The form of a button is not documented. */
	buttons?: readonly unknown[] | undefined;
	/** In place of buttons. */
	buttonShowDismiss?: boolean | undefined;
	/** Milliseconds. */
	autoCloseTimeout?: number | undefined;
	sendToMyMessage?: boolean | undefined;
	/** CSS pixels. */
	width?: number | undefined;
}

export interface DialogOptions {
	/** May have variables, such as "$Agent.FullName$". */
	label?: string | undefined;
	/** A CSS length: "430px", "40%". */
	width?: string | undefined;
	height?: string | undefined;
}

/** Which properties are required is inferred. */
export interface MenuBarView {
	name: string;
	iconUrl?: string | undefined;
	label?: string | undefined;
	shortLabel?: string | undefined;
	tooltip?: string | undefined;
	/** A CSS colour. */
	backgroundColor?: string | undefined;
	labelColor?: string | undefined;
}

// ---- messenger ----

export interface Messenger {
	/** Sends any JSON value to the other pages that are subscribed to "messenger:" and the channel. */
	broadcastMessage(channel: string, message: unknown, ...callbacks: Callbacks): void;
}

// ---- configuration ----

export interface Configuration {
	/**
	 * Returns options by name: "name" in the section interaction-workspace, or "Section/name". A "*" at the end stands for any
	 * end. Genesys no longer publishes the properties of a section.
	 */
	getOption(options: string | readonly string[], ...callbacks: Callbacks<unknown[]>): void;
}

// ---- events ----

/** The topics that are known, with the data of their events. */
export interface EventData {
	/** Inferred from programs that read its type. */
	agent: MediaState;
	interaction: InteractionEvent | CaseEvent;
	media: MediaEvent;
	markdone: MarkDoneEvent;
	outbound: OutboundEvent;
	/** Not documented. */
	system: unknown;
}

/** A topic to subscribe to. The messages of messenger.broadcastMessage have the topic "messenger:" and the channel. */
export type Topic = keyof EventData | `messenger:${string}`;

/** What a handler gets. Check event before data if you subscribe to several topics. */
export type EventMessage<T extends Topic = Topic> = T extends keyof EventData ? Message<T, EventData[T]> : Message<T, unknown>;

export interface Message<T, Data> {
	readonly event: T;
	readonly data: Data;
	readonly userAgent: string;
	readonly protocolVersion: number;
}

/** An interaction has changed. The second line of types is inferred: Genesys no longer publishes its table. */
export interface InteractionEvent {
	readonly eventType: Open<
		| "ESTABLISHED" | "RELEASED" | "ATTACHED_DATA_CHANGED" | "MARK_DONE"
		| "RINGING" | "DIALING" | "HELD" | "RETRIEVED" | "PARTY_ADDED" | "PARTY_REMOVED" | "INVITED" | "ACCEPTED"
	>;
	readonly interaction: Interaction;
	readonly selectedCaseId?: undefined;
}

/** The agent's view of the cases has changed. It has no interaction, so look for that before you read its properties. */
export interface CaseEvent {
	readonly eventType: "CASE_SELECTED" | "CASE_EXPANDED" | "CASE_COLLAPSED";
	readonly selectedCaseId: string;
	readonly interaction?: undefined;
}

/** The agent is marking an interaction done. Call interaction.blockMarkdone within the time to keep it open. */
export interface MarkDoneEvent {
	readonly eventType: Open<"MARKDONE_APPLY">;
	/** Milliseconds. */
	readonly timeout: number;
	readonly interaction: Interaction;
}

/** The state of a media has changed. It has no eventType. */
export interface MediaEvent {
	readonly media: string;
	readonly state: MediaState;
}

/** A campaign has changed. */
export interface OutboundEvent {
	readonly eventType: Open<"CampaignLoaded" | "CampaignStarted" | "CampaignUnloaded">;
	readonly campaign: string;
	/** With CampaignStarted. */
	readonly mode?: string | undefined;
}
