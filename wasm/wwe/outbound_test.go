package wwe_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

var outboundExchanges = []exchange{
	{
		request: "outbound.getCampaigns", answer: campaignJSON, want: wwe.JSON(campaignJSON),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) { return svc.Outbound.GetCampaigns(ctx) }),
	},
	{
		request: "outbound.getListOfCallResults", answer: `{}`, want: wwe.JSON(`{}`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Outbound.GetListOfCallResults(ctx)
		}),
	},
	{
		request: "outbound.startDirectPushPreview", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Outbound.StartDirectPushPreview(ctx) }),
	},
	{
		request: "outbound.stopDirectPushPreview", answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Outbound.StopDirectPushPreview(ctx) }),
	},
	{
		request: "outbound.getPreviewRecord", parameters: []wwe.JSON{`"Spring"`}, answer: `{}`, want: wwe.JSON(`{}`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Outbound.GetPreviewRecord(ctx, "Spring")
		}),
	},
	{
		request: "outbound.getChainedRecords", parameters: []wwe.JSON{`"1"`}, answer: `[]`, want: wwe.JSON(`[]`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Outbound.GetChainedRecords(ctx, "1")
		}),
	},
	{
		request: "outbound.getRecordFields", parameters: []wwe.JSON{`"1"`}, answer: `[]`, want: wwe.JSON(`[]`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Outbound.GetRecordFields(ctx, "1")
		}),
	},
	{
		request: "outbound.getCallResult", parameters: []wwe.JSON{`"1"`}, answer: `6`, want: wwe.JSON(`6`),
		call: got(func(ctx context.Context, svc *wwe.Service) (wwe.JSON, error) {
			return svc.Outbound.GetCallResult(ctx, "1")
		}),
	},
	byInteraction("outbound.rejectPreviewRecord", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.RejectPreviewRecord(ctx, id)
	}),
	byInteraction("outbound.cancelPreviewRecord", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.CancelPreviewRecord(ctx, id)
	}),
	byInteraction("outbound.cancelReschedule", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.CancelReschedule(ctx, id)
	}),
	byInteraction("outbound.setDoNotCall", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.SetDoNotCall(ctx, id)
	}),
	byInteraction("outbound.removeDoNotCall", func(ctx context.Context, svc *wwe.Service, id string) error {
		return svc.Outbound.RemoveDoNotCall(ctx, id)
	}),
	{
		request: "outbound.updateRecordFields", parameters: []wwe.JSON{`"1"`, `{"GSW_FROM":"10:10"}`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.Outbound.UpdateRecordFields(ctx, "1", wwe.RecordFields{"GSW_FROM": "10:10"})
		}),
	},
	{
		request: "outbound.callPreviewRecord", parameters: []wwe.JSON{`"1"`, `1`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Outbound.CallPreviewRecord(ctx, "1", 1) }),
	},
	{
		request: "outbound.rescheduleRecord", parameters: []wwe.JSON{`"1"`, `1`, `"3/9/2027 9:05"`, `"CAMPAIGN"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error {
			return svc.Outbound.RescheduleRecord(ctx, "1", 1, time.Date(2027, 3, 9, 9, 5, 59, 0, time.UTC), wwe.CallbackTypeCampaign)
		}),
	},
	{
		request: "outbound.setCallResult", parameters: []wwe.JSON{`"1"`, `6`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return svc.Outbound.SetCallResult(ctx, "1", 6) }),
	},
}

func TestTheDateOfARescheduledRecordIsInItsOwnZoneAndInMinutes(t *testing.T) {
	for want, at := range map[string]time.Time{
		"3/9/2027 9:05":    time.Date(2027, 3, 9, 9, 5, 59, 999, time.UTC),
		"12/31/2027 23:59": time.Date(2027, 12, 31, 23, 59, 0, 0, time.FixedZone("x", 14*60*60)),
		"1/1/2027 0:00":    time.Date(2027, 1, 1, 0, 0, 0, 0, time.FixedZone("y", -12*60*60)),
		"10/10/2021 10:10": time.Date(2021, 10, 10, 10, 10, 0, 0, time.UTC),
	} {
		host := wwetest.NewHost()
		id := host.Preview(wwetest.Preview{Phone: "5001"})
		svc := memory().connect(t, host)
		require.NoError(t, svc.Outbound.RescheduleRecord(t.Context(), id, 1, at, wwe.CallbackTypeCampaign))
		outcome, _ := host.RecordOutcome(id)
		assert.Equal(t, want, outcome.Rescheduled)
	}
}
