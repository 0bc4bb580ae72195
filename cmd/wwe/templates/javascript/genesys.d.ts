// The part of Genesys' client, wwe-service-client-api.js, that widget.js uses. Add what your widget needs.

interface Window {
	genesys?: { wwe?: { service?: GenesysService } };
}

interface GenesysService {
	subscribe(topics: string[], onEvent: (event: { data: GenesysEvent }) => void): void;
	sendMessage(message: { request: string, parameters: unknown[] }, succeeded: (answer: any) => void, failed: (failure: GenesysFailure) => void): void;
	[namespace: string]: any; // interaction, voice and so on: the clients of different years have different methods
}

// The topics interaction and markdone. Events about a case have no interaction.
interface GenesysEvent {
	eventType?: string;
	interaction?: GenesysInteraction;
}

interface GenesysInteraction {
	interactionId: string;
	state: string;
	ani?: string | null;
	dnis?: string | null;
	parties?: { name?: string }[];
	userData?: Record<string, unknown> | null;
}

// A refusal by WWE is an object. The client's own timeout is the string 'Request timeout'.
type GenesysFailure = string | { errorMessage?: string };
