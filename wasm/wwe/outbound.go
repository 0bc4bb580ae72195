package wwe

import (
	"context"
	"strconv"
	"time"
)

// OutboundNamespace is genesys.wwe.service.outbound: the records of outbound
// campaigns. Its methods are those of the page "Outbound namespace" in Genesys'
// Service Client API Reference. Genesys' client has it since December 2021.
// Genesys publishes nothing of what WWE answers here: a JSON is the data as it
// came, "" for none.
//
// A record is known by the id of the interaction that shows it, and within the
// chain of a customer's records by its handle, its position.
type OutboundNamespace struct{ s *Service }

// RecordFields are fields of a record by their names, such as GSW_FROM "10:10"
// or GSW_CUSTOM_DATE "10/10/2021 23:45".
type RecordFields map[string]string

// CallbackType tells who calls a customer whose record is rescheduled. It is
// open: the name of the personal one is not public.
type CallbackType string

// CallbackTypeCampaign: any agent of the campaign calls.
const CallbackTypeCampaign CallbackType = "CAMPAIGN"

// GetCampaigns gets the agent's campaigns that are loaded or active.
//
// Reference: Outbound namespace, getCampaigns(). Result: not documented, so it
// comes as it is. Errors: see Service.Go.
func (n OutboundNamespace) GetCampaigns(ctx context.Context) (JSON, error) {
	return n.s.call(ctx, "outbound.getCampaigns")
}

// GetListOfCallResults gets the results that SetCallResult takes.
//
// Reference: Outbound namespace, getListOfCallResults(). Result: not
// documented, so it comes as it is. Errors: see Service.Go.
func (n OutboundNamespace) GetListOfCallResults(ctx context.Context) (JSON, error) {
	return n.s.call(ctx, "outbound.getListOfCallResults")
}

// StartDirectPushPreview asks for records to be pushed to the agent.
//
// Reference: Outbound namespace, startDirectPushPreview(). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n OutboundNamespace) StartDirectPushPreview(ctx context.Context) error {
	return n.s.do(ctx, "outbound.startDirectPushPreview")
}

// StopDirectPushPreview takes StartDirectPushPreview back.
//
// Reference: Outbound namespace, stopDirectPushPreview(). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n OutboundNamespace) StopDirectPushPreview(ctx context.Context) error {
	return n.s.do(ctx, "outbound.stopDirectPushPreview")
}

// GetPreviewRecord asks for the next record of the campaign with this name,
// which comes as an interaction.
//
// Reference: Outbound namespace, getPreviewRecord(campaignName). Result: not
// documented, so it comes as it is. Errors: see Service.Go.
func (n OutboundNamespace) GetPreviewRecord(ctx context.Context, campaignName string) (JSON, error) {
	return n.s.call(ctx, "outbound.getPreviewRecord", required("campaignName", campaignName))
}

// GetChainedRecords gets the records of the same customer.
//
// Reference: Outbound namespace, getChainedRecords(interactionId). Result: not
// documented, so it comes as it is. Errors: see Service.Go.
func (n OutboundNamespace) GetChainedRecords(ctx context.Context, interactionID string) (JSON, error) {
	return n.s.call(ctx, "outbound.getChainedRecords", argInteractionID(interactionID))
}

// GetRecordFields gets the fields of the record.
//
// Reference: Outbound namespace, getRecordFields(interactionId). Result: not
// documented, so it comes as it is. Errors: see Service.Go.
func (n OutboundNamespace) GetRecordFields(ctx context.Context, interactionID string) (JSON, error) {
	return n.s.call(ctx, "outbound.getRecordFields", argInteractionID(interactionID))
}

// UpdateRecordFields changes fields of the record.
//
// Reference: Outbound namespace, updateRecordFields(interactionId, recordData).
// Result: not documented; nil means that WWE did not refuse. Errors: see
// Service.Go.
func (n OutboundNamespace) UpdateRecordFields(ctx context.Context, interactionID string, recordData RecordFields) error {
	const request = "outbound.updateRecordFields"
	if len(recordData) == 0 {
		return &ArgumentError{request, "recordData", "must not be empty"}
	}
	return n.s.do(ctx, request, argInteractionID(interactionID), anything("recordData", map[string]string(recordData)))
}

// CallPreviewRecord calls the customer at the number of the record with this
// handle: its position in the chain, 1 in Genesys' example. The call is an
// interaction of its own; that of the record stays, and is the one whose id the
// other methods take (both as the simulated WWE does it).
//
// Reference: Outbound namespace, callPreviewRecord(interactionId,
// recordHandle). Result: not documented; nil means that WWE did not refuse.
// Errors: see Service.Go.
func (n OutboundNamespace) CallPreviewRecord(ctx context.Context, interactionID string, recordHandle int) error {
	const request = "outbound.callPreviewRecord"
	if recordHandle < 0 {
		return negativeHandle(request)
	}
	return n.s.do(ctx, request, argInteractionID(interactionID), anything("recordHandle", recordHandle))
}

// RejectPreviewRecord gives the record back, for somebody else to call. (The
// documentation leaves the parameter out; the client has it.)
//
// Reference: Outbound namespace, rejectPreviewRecord(interactionId). Result:
// not documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n OutboundNamespace) RejectPreviewRecord(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "outbound.rejectPreviewRecord", argInteractionID(interactionID))
}

// CancelPreviewRecord takes the record out of the campaign. (The documentation
// leaves the parameter out; the client has it.)
//
// Reference: Outbound namespace, cancelPreviewRecord(interactionId). Result:
// not documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n OutboundNamespace) CancelPreviewRecord(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "outbound.cancelPreviewRecord", argInteractionID(interactionID))
}

// RescheduleRecord has the record with this handle called again, at a time
// that goes to WWE in minutes and without its time zone: give it in the zone
// that the campaign counts in.
//
// Reference: Outbound namespace, rescheduleRecord(interactionId, recordHandle,
// date, callbackType). Result: not documented; nil means that WWE did not
// refuse. Errors: see Service.Go.
func (n OutboundNamespace) RescheduleRecord(ctx context.Context, interactionID string, recordHandle int, at time.Time, callback CallbackType) error {
	const request = "outbound.rescheduleRecord"
	if recordHandle < 0 {
		return negativeHandle(request)
	}
	if at.IsZero() {
		return &ArgumentError{request, "date", "must not be zero"}
	}
	return n.s.do(ctx, request, argInteractionID(interactionID), anything("recordHandle", recordHandle),
		text("date", recordDate(at)), required("callbackType", string(callback)))
}

func negativeHandle(request string) error {
	return &ArgumentError{request, "recordHandle", "must not be negative"}
}

// recordDate writes "M/D/YYYY H:MM".
func recordDate(at time.Time) string {
	minute := strconv.Itoa(at.Minute())
	if len(minute) == 1 {
		minute = "0" + minute
	}
	return strconv.Itoa(int(at.Month())) + "/" + strconv.Itoa(at.Day()) + "/" + strconv.Itoa(at.Year()) + " " +
		strconv.Itoa(at.Hour()) + ":" + minute
}

// CancelReschedule takes RescheduleRecord back.
//
// Reference: Outbound namespace, cancelReschedule(interactionId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n OutboundNamespace) CancelReschedule(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "outbound.cancelReschedule", argInteractionID(interactionID))
}

// GetCallResult gets the result of the call that the record has.
//
// Reference: Outbound namespace, getCallResult(interactionId). Result: not
// documented, so it comes as it is. Errors: see Service.Go.
func (n OutboundNamespace) GetCallResult(ctx context.Context, interactionID string) (JSON, error) {
	return n.s.call(ctx, "outbound.getCallResult", argInteractionID(interactionID))
}

// SetCallResult sets the result of the call, a number of GetListOfCallResults.
// The id is that of the record's interaction, not of the call's.
//
// Reference: Outbound namespace, setCallResult(interactionId, callResult).
// Result: not documented; nil means that WWE did not refuse. Errors: see
// Service.Go.
func (n OutboundNamespace) SetCallResult(ctx context.Context, interactionID string, callResult int) error {
	return n.s.do(ctx, "outbound.setCallResult", argInteractionID(interactionID), anything("callResult", callResult))
}

// SetDoNotCall keeps the customer of the record from being called again.
//
// Reference: Outbound namespace, setDoNotCall(interactionId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n OutboundNamespace) SetDoNotCall(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "outbound.setDoNotCall", argInteractionID(interactionID))
}

// RemoveDoNotCall takes SetDoNotCall back.
//
// Reference: Outbound namespace, removeDoNotCall(interactionId). Result: not
// documented; nil means that WWE did not refuse. Errors: see Service.Go.
func (n OutboundNamespace) RemoveDoNotCall(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "outbound.removeDoNotCall", argInteractionID(interactionID))
}
