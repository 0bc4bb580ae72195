package wwe

import (
	"context"
	"strconv"
	"time"
)

// OutboundNamespace is genesys.wwe.service.outbound: the records of outbound
// campaigns. Its methods are those of the page "Outbound namespace" in Genesys'
// Service Client API Reference. Genesys' client has had it since December 2021.
// Genesys does not document WWE's answers here. Methods that return JSON return
// the data as received, or "" if there is none.
//
// A record is identified by the id of the interaction that shows it. Within the
// chain of a customer's records, it is identified by its handle, its position.
type OutboundNamespace struct{ s *Service }

// RecordFields maps the names of a record's fields to their values, such as
// GSW_FROM to "10:10" or GSW_CUSTOM_DATE to "10/10/2021 23:45".
type RecordFields map[string]string

// CallbackType says who calls the customer of a rescheduled record. It is open:
// the value for a personal callback is not public.
type CallbackType string

// CallbackTypeCampaign lets any agent of the campaign call.
const CallbackTypeCampaign CallbackType = "CAMPAIGN"

// GetCampaigns returns the agent's loaded and active campaigns.
//
// Reference: Outbound namespace, getCampaigns(). Result: not documented;
// returned as received.
func (n OutboundNamespace) GetCampaigns(ctx context.Context) (JSON, error) {
	return n.s.call(ctx, "outbound.getCampaigns")
}

// GetListOfCallResults returns the call results that SetCallResult accepts.
//
// Reference: Outbound namespace, getListOfCallResults(). Result: not
// documented; returned as received.
func (n OutboundNamespace) GetListOfCallResults(ctx context.Context) (JSON, error) {
	return n.s.call(ctx, "outbound.getListOfCallResults")
}

// StartDirectPushPreview asks WWE to push records to the agent.
//
// Reference: Outbound namespace, startDirectPushPreview().
func (n OutboundNamespace) StartDirectPushPreview(ctx context.Context) error {
	return n.s.do(ctx, "outbound.startDirectPushPreview")
}

// StopDirectPushPreview undoes StartDirectPushPreview.
//
// Reference: Outbound namespace, stopDirectPushPreview().
func (n OutboundNamespace) StopDirectPushPreview(ctx context.Context) error {
	return n.s.do(ctx, "outbound.stopDirectPushPreview")
}

// GetPreviewRecord requests the next record of the named campaign. The record
// arrives as an interaction.
//
// Reference: Outbound namespace, getPreviewRecord(campaignName). Result: not
// documented; returned as received.
func (n OutboundNamespace) GetPreviewRecord(ctx context.Context, campaignName string) (JSON, error) {
	return n.s.call(ctx, "outbound.getPreviewRecord", required("campaignName", campaignName))
}

// GetChainedRecords returns the records of the same customer.
//
// Reference: Outbound namespace, getChainedRecords(interactionId). Result: not
// documented; returned as received.
func (n OutboundNamespace) GetChainedRecords(ctx context.Context, interactionID string) (JSON, error) {
	return n.s.call(ctx, "outbound.getChainedRecords", argInteractionID(interactionID))
}

// GetRecordFields returns the fields of the record.
//
// Reference: Outbound namespace, getRecordFields(interactionId). Result: not
// documented; returned as received.
func (n OutboundNamespace) GetRecordFields(ctx context.Context, interactionID string) (JSON, error) {
	return n.s.call(ctx, "outbound.getRecordFields", argInteractionID(interactionID))
}

// UpdateRecordFields changes fields of the record.
//
// Reference: Outbound namespace, updateRecordFields(interactionId, recordData).
func (n OutboundNamespace) UpdateRecordFields(ctx context.Context, interactionID string, recordData RecordFields) error {
	const request = "outbound.updateRecordFields"
	if len(recordData) == 0 {
		return &ArgumentError{request, "recordData", "must not be empty"}
	}
	return n.s.do(ctx, request, argInteractionID(interactionID), anything("recordData", map[string]string(recordData)))
}

// CallPreviewRecord calls the customer at the number of the record with this
// handle: its position in the chain, 1 in Genesys' example. The call is a new
// interaction. The record's interaction stays, and the other methods still take
// its id, not the call's. (Both are how the simulated WWE behaves.)
//
// Reference: Outbound namespace, callPreviewRecord(interactionId,
// recordHandle).
func (n OutboundNamespace) CallPreviewRecord(ctx context.Context, interactionID string, recordHandle int) error {
	const request = "outbound.callPreviewRecord"
	if recordHandle < 0 {
		return negativeHandle(request)
	}
	return n.s.do(ctx, request, argInteractionID(interactionID), anything("recordHandle", recordHandle))
}

// RejectPreviewRecord returns the record to the campaign, for another agent to
// call. (The documentation omits the parameter; the client has it.)
//
// Reference: Outbound namespace, rejectPreviewRecord(interactionId).
func (n OutboundNamespace) RejectPreviewRecord(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "outbound.rejectPreviewRecord", argInteractionID(interactionID))
}

// CancelPreviewRecord removes the record from the campaign. (The documentation
// omits the parameter; the client has it.)
//
// Reference: Outbound namespace, cancelPreviewRecord(interactionId).
func (n OutboundNamespace) CancelPreviewRecord(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "outbound.cancelPreviewRecord", argInteractionID(interactionID))
}

// RescheduleRecord schedules another call for the record with this handle. WWE
// gets the time to the minute and without its time zone, so pass it in the zone
// that the campaign uses.
//
// Reference: Outbound namespace, rescheduleRecord(interactionId, recordHandle,
// date, callbackType).
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

// recordDate formats a time as "M/D/YYYY H:MM".
func recordDate(at time.Time) string {
	minute := strconv.Itoa(at.Minute())
	if len(minute) == 1 {
		minute = "0" + minute
	}
	return strconv.Itoa(int(at.Month())) + "/" + strconv.Itoa(at.Day()) + "/" + strconv.Itoa(at.Year()) + " " +
		strconv.Itoa(at.Hour()) + ":" + minute
}

// CancelReschedule undoes RescheduleRecord.
//
// Reference: Outbound namespace, cancelReschedule(interactionId).
func (n OutboundNamespace) CancelReschedule(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "outbound.cancelReschedule", argInteractionID(interactionID))
}

// GetCallResult returns the call result of the record.
//
// Reference: Outbound namespace, getCallResult(interactionId). Result: not
// documented; returned as received.
func (n OutboundNamespace) GetCallResult(ctx context.Context, interactionID string) (JSON, error) {
	return n.s.call(ctx, "outbound.getCallResult", argInteractionID(interactionID))
}

// SetCallResult sets the result of the call, a number from
// GetListOfCallResults. The id is that of the record's interaction, not of the
// call.
//
// Reference: Outbound namespace, setCallResult(interactionId, callResult).
func (n OutboundNamespace) SetCallResult(ctx context.Context, interactionID string, callResult int) error {
	return n.s.do(ctx, "outbound.setCallResult", argInteractionID(interactionID), anything("callResult", callResult))
}

// SetDoNotCall excludes the record's customer from further calls.
//
// Reference: Outbound namespace, setDoNotCall(interactionId).
func (n OutboundNamespace) SetDoNotCall(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "outbound.setDoNotCall", argInteractionID(interactionID))
}

// RemoveDoNotCall undoes SetDoNotCall.
//
// Reference: Outbound namespace, removeDoNotCall(interactionId).
func (n OutboundNamespace) RemoveDoNotCall(ctx context.Context, interactionID string) error {
	return n.s.do(ctx, "outbound.removeDoNotCall", argInteractionID(interactionID))
}
