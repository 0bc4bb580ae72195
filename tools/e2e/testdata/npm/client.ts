// Uses Genesys' client as a widget does. tsc checks it, and nobody runs it.
import type { EventMessage, Interaction, RequestName } from "wwe-desktop/genesys";

const { service } = genesys.wwe;
const log = (text: string) => console.log(text);

service.subscribe(["interaction", "markdone"], (event) => {
	if (event.event === "markdone") {
		service.interaction.blockMarkdone(event.data.interaction.interactionId, `Wait ${event.data.timeout.toFixed()} ms.`);
		return;
	}
	// @ts-expect-error: CASE_SELECTED and others have no interaction
	event.data.interaction.media;
	if (event.data.interaction) {
		show(event.data.interaction);
	} else {
		log(event.data.selectedCaseId);
	}
}).subscribe("agent", ({ data }) => log(data.displayName)).subscribe("messenger:notes", ({ data }) => {
	// @ts-expect-error: another page may send anything
	log(data);
});

function show({ interactionId, state, userData, contact }: Interaction) {
	const value = userData["Segment"];
	log(`${interactionId} ${state === "TALKING"} ${typeof value === "string" ? value : JSON.stringify(value)} ${contact?.displayName}`);
	// @ts-expect-error: what WWE has sent is not ours to change
	userData["Segment"] = "Gold";
}

service.interaction.getInteractions((answer) => answer.data.forEach(show), (failure) => {
	log(typeof failure === "string" ? failure : failure.errorMessage ?? "");
});
service.interaction.getByInteractionId("1", ({ data }) => {
	// @ts-expect-error: it may be null
	log(data.interactionId);
});
service.interaction.accept("1");
service.interaction.accept("1", function () { this.agent.getState(({ data }) => log(data.operationName)); });
// @ts-expect-error: without succeeded, the client never calls failed
service.interaction.accept("1", undefined, () => {});
// @ts-expect-error: an id is a string
service.interaction.accept(1);
// @ts-expect-error: there is no such request
service.interaction.accepted("1");
service.interaction.consult("1", { type: "AGENT", destination: "5001", media: "voice" }, null, {}, () => {});
service.interaction.consult("1", "5001");
// @ts-expect-error: only a consultation can choose its media
service.interaction.singleStepTransfer("1", { type: "AGENT", destination: "5001", media: "voice" });
service.voice.dial("5001", () => {}, () => {});
service.voice.dial("5001", { Segment: "Gold" }, ({ data }) => {
	// @ts-expect-error: nobody has described the data
	log(data);
});
service.email.create("camille@example.com");
service.sipEndpoint.isMicrophoneMute(({ data }) => log(data ? "muted" : "on"));
service.outbound.rescheduleRecord("1", 1, "3/9/2027 9:05", "CAMPAIGN", () => {}, () => {});
service.system.popupToast({ title: "A call", buttonShowDismiss: true }, ({ request }) => log(request));
service.configuration.getOption(["voice.*"], ({ data }) => log(String(data.length)));
service.sendMessage<null>({ request: "configuration.getContextualOption", parameters: ["voice.*", "1"] }, ({ data }) => data satisfies null);
service.onMessage = log;

const name: RequestName = "interaction.setUserData";
// @ts-expect-error: there is no such request
const wrong: RequestName = "interaction.setuserdata";
const state: EventMessage<"media">["data"]["state"]["type"] = "READY";
export default [name, wrong, state];
