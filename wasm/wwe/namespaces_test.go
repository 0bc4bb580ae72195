package wwe_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"wwebridge/internal/transport"
	"wwebridge/internal/wire"
	"wwebridge/wasm/wwe"
	"wwebridge/wasm/wwetest"
)

// everyRequest are the names that Genesys' client of 2023 has, by the public
// description of it, and one that is documented but in no client.
const everyRequest = `
	auth.getJwtToken
	agent.get agent.getState agent.getStateList agent.setState
	interaction.getInteractions interaction.getByInteractionId interaction.setUserData interaction.deleteUserData
	interaction.selectCaseByCaseId interaction.markdone interaction.blockMarkdone interaction.unblockMarkdone interaction.accept
	interaction.reject interaction.singleStepTransfer interaction.singleStepConference interaction.consult
	interaction.completeTransfer interaction.completeConference
	voice.dial voice.dialEx voice.answer voice.hold voice.resume voice.hangUp voice.startCallRecording voice.stopCallRecording
	voice.pauseCallRecording voice.resumeCallRecording
	sipEndpoint.muteMicrophone sipEndpoint.unmuteMicrophone sipEndpoint.muteSpeaker sipEndpoint.unmuteSpeaker
	sipEndpoint.isMicrophoneMute sipEndpoint.isSpeakerMute
	email.create
	media.getMediaList media.getMediaByName media.setState
	outbound.getCampaigns outbound.getListOfCallResults outbound.startDirectPushPreview outbound.stopDirectPushPreview
	outbound.getPreviewRecord outbound.getChainedRecords outbound.getRecordFields outbound.rejectPreviewRecord
	outbound.cancelPreviewRecord outbound.cancelReschedule outbound.getCallResult outbound.setDoNotCall outbound.removeDoNotCall
	outbound.updateRecordFields outbound.callPreviewRecord outbound.rescheduleRecord outbound.setCallResult
	system.getAllowedServices system.triggerActivity system.popupToast system.updateToast system.closeToast system.openDialog
	system.closeDialog system.updateViewInApplicationMenuBar system.closeViewInApplicationMenuBar system.amIVisible
	system.isFrameLeading system.isFrameFollowing system.isFrameNegotiating system.isFrameLeadingOrNegotiating
	system.isLastActiveFrame
	messenger.broadcastMessage
	configuration.getOption
	configuration.getContextualOption`

// exchange is one request of a namespace beside interaction, whose fifteen are
// in conformance: what must reach WWE, and what is read of an answer.
type exchange struct {
	request    string
	call       func(ctx context.Context, svc *wwe.Service) (any, error)
	parameters []wwe.JSON
	undefined  []int
	answer     wwe.JSON // its data
	want       any
	odd        []wwe.JSON // data that is an error, and comes whole with it
}

// done is a call that returns nothing but an error.
func done(call func(ctx context.Context, svc *wwe.Service) error) func(context.Context, *wwe.Service) (any, error) {
	return func(ctx context.Context, svc *wwe.Service) (any, error) { return nil, call(ctx, svc) }
}

// got is a call that returns something.
func got[T any](call func(ctx context.Context, svc *wwe.Service) (T, error)) func(context.Context, *wwe.Service) (any, error) {
	return func(ctx context.Context, svc *wwe.Service) (any, error) { return call(ctx, svc) }
}

func byInteraction(request string, call func(ctx context.Context, svc *wwe.Service, id string) error) exchange {
	return exchange{request: request, parameters: []wwe.JSON{`"1"`}, answer: `{}`,
		call: done(func(ctx context.Context, svc *wwe.Service) error { return call(ctx, svc, "1") })}
}

func noBoolean(request string, call func(ctx context.Context, svc *wwe.Service) (bool, error)) exchange {
	return exchange{request: request, call: got(call), answer: `true`, want: true, odd: []wwe.JSON{`"true"`, `1`, `null`, `{}`}}
}

const (
	readyJSON    = `{"type":"READY","displayName":"Ready","operationName":"Ready"}`
	campaignJSON = `[{"name":"Spring","whatever":[1,null]}]`
)

var ready = wwe.MediaState{Type: "READY", DisplayName: "Ready", OperationName: "Ready"}

// exchanges are those of all the namespaces, each of which has its own beside it.
var exchanges = slices.Concat(
	agentExchanges,
	authExchanges,
	configurationExchanges,
	emailExchanges,
	mediaExchanges,
	messengerExchanges,
	outboundExchanges,
	sipEndpointExchanges,
	systemExchanges,
	voiceExchanges,
)

// namespaces promises, over the rig's transport, the exact request of every
// method beside the fifteen, and what is read of WWE's answers.
func namespaces(t *testing.T, r rig) {
	host := wwetest.NewHost()
	svc := r.connect(t, host)
	for _, e := range exchanges {
		t.Run(r.name+"/"+e.request, func(t *testing.T) {
			host.ClearFaults()
			host.Fault(wwetest.Fault{Request: e.request, Data: e.answer})
			value, err := e.call(t.Context(), svc)
			require.NoError(t, err)
			assert.Equal(t, e.want, value)
			requests := host.Requests()
			last := requests[len(requests)-1]
			assert.Equal(t, e.request, last.Name)
			require.Len(t, last.Parameters, len(e.parameters))
			for n := range e.parameters {
				assert.JSONEq(t, string(e.parameters[n]), string(last.Parameters[n]))
			}
			if r.undefined != nil {
				assert.Equal(t, e.undefined, r.undefined(), "parameters that are undefined")
			}

			host.Fault(wwetest.Fault{Request: e.request, Refuse: "not now"})
			_, err = e.call(t.Context(), svc)
			require.EqualError(t, err, "wwe: "+e.request+": WWE refused: not now")
			for _, data := range e.odd {
				host.Fault(wwetest.Fault{Request: e.request, Data: data})
				_, err = e.call(t.Context(), svc)
				var odd *wwe.DataError
				require.ErrorAs(t, err, &odd, data)
				assert.Equal(t, e.request, odd.Request)
				if e.request == "auth.getJwtToken" {
					data = "" // a token must not get into an error
				}
				assert.Equal(t, data, odd.Data)
				assert.NotContains(t, err.Error(), "secret")
			}
		})
	}
}

// Nothing of the official client is missing, here or in the simulated WWE.
func TestEveryRequestOfTheClientIsThere(t *testing.T) {
	names := strings.Fields(everyRequest)
	require.Len(t, names, 75)
	tested := map[string]bool{}
	for _, m := range methods {
		tested[m.request] = true
	}
	for _, e := range exchanges {
		tested[e.request] = true
	}
	host := wwetest.NewHost(wwetest.WithConfig(func(c *wwetest.Config) { c.AcceptedOrigins = "* (*, auth.getJwtToken)" }))
	svc := memory().connect(t, host)
	allowed, err := svc.System.GetAllowedServices(t.Context())
	require.NoError(t, err)
	for _, name := range names {
		assert.True(t, tested[name], "%s has no typed method that is tested", name)
		assert.True(t, slices.Contains(allowed.Names, name), "the simulated WWE does not know %s", name)
	}
	assert.Len(t, tested, len(names), "there is one that the client does not have")

	methods := 0
	for n := range reflect.TypeFor[wwe.Service]().NumField() {
		if f := reflect.TypeFor[wwe.Service]().Field(n); strings.HasSuffix(f.Type.Name(), "Namespace") {
			methods += f.Type.NumMethod()
		}
	}
	assert.Equal(t, len(names)+1, methods, "each has a method, and there is System.Leads")
}

func TestNamespacesInMemory(t *testing.T) { namespaces(t, memory()) }

// Whatever WWE answers: a command has succeeded, data of no documented shape
// comes as it came, and a question has a value or a *DataError with the data.
func TestNoAnswerHarmsAnybody(t *testing.T) {
	host := wwetest.NewHost()
	svc := memory().connect(t, host)
	for _, e := range exchanges {
		t.Run(e.request, func(t *testing.T) {
			for _, data := range []wwe.JSON{
				`null`, `true`, `0`, `-1e300`, `""`, `"x"`, `[]`, `{}`, `[null]`, `[[]]`, `[{}]`, `{"":null}`, `{"__proto__":{"id":"x"}}`,
				`{"media":{},"state":[],"type":{},"id":[],"jwtToken":{},"roles":{},"username":7}`, `"\ud800"`,
				wwe.JSON(strings.Repeat(`[`, 10_000) + strings.Repeat(`]`, 10_000)),
				wwe.JSON(strings.Repeat(`{"a":`, 10_000) + `0` + strings.Repeat(`}`, 10_000)),
			} {
				host.ClearFaults()
				host.Fault(wwetest.Fault{Data: data})
				value, err := e.call(t.Context(), svc)
				var odd *wwe.DataError
				switch {
				case errors.As(err, &odd):
					assert.NotEmpty(t, e.odd, "%s %.50s", err, data)
					if e.request == "auth.getJwtToken" {
						assert.Empty(t, odd.Data, "a token must not get into an error")
					} else {
						assert.Equal(t, data, odd.Data)
					}
				case errors.Is(err, wwe.ErrNotFound):
					assert.EqualValues(t, "null", data)
				default:
					require.NoError(t, err, "%.50s", data)
				}
				if came, ok := value.(wwe.JSON); ok {
					assert.Equal(t, data, came)
				}
			}
			host.ClearFaults()
		})
	}
}

// An answer without data is one to a command, and none to a question.
func TestAnAnswerWithoutDataIsNoneToAQuestion(t *testing.T) {
	svc, err := wwe.Connect(transport.NewContext(t.Context(), func(sink transport.Sink) (transport.Transport, error) {
		return emptyAnswers{sink: sink}, nil
	}))
	require.NoError(t, err)
	defer svc.Close()
	for _, e := range exchanges {
		_, err := e.call(t.Context(), svc)
		if e.odd == nil {
			assert.NoError(t, err, e.request)
			continue
		}
		if e.request == "media.getMediaByName" { // as null
			require.ErrorIs(t, err, wwe.ErrNotFound)
			continue
		}
		var odd *wwe.DataError
		require.ErrorAs(t, err, &odd, e.request)
		assert.Empty(t, odd.Data)
		require.ErrorContains(t, err, "the answer has no data")
	}
	_, err = svc.Interaction.GetByInteractionID(t.Context(), "1")
	require.ErrorIs(t, err, wwe.ErrNotFound)
	all, err := svc.Interaction.GetInteractions(t.Context())
	require.NoError(t, err)
	assert.Empty(t, all)
}

// emptyAnswers is a WWE that answers everything, and nothing with data.
type emptyAnswers struct {
	transport.Transport
	sink transport.Sink
}

func (e emptyAnswers) Send(ref, _ string, _ []string) error {
	e.sink.Settle(ref, wire.Reply{}, nil)
	return nil
}

func (emptyAnswers) Leave() {}
func (emptyAnswers) Close() {}
