package wwe

import (
	"context"

	"wwebridge/internal/jsontext"
)

// MediaNamespace is genesys.wwe.service.media: the agent's media and their
// states. Its methods are those of the page "Media namespace" in Genesys'
// Service Client API Reference.
type MediaNamespace struct{ s *Service }

// Media is one of the agent's media: media.Media. Genesys no longer publishes
// the table of its properties. These two are in WWE's media event, and programs
// are known to read them.
type Media struct {
	Name  string // such as "voice"; called media in WWE's messages
	State MediaState

	// Unknown holds unknown properties and those with an unexpected type, by
	// name. It is nil if there are none.
	Unknown map[string]JSON
}

// GetMediaList returns the agent's media. If an element is not an object,
// GetMediaList returns the others together with a *DataError that names it.
//
// Reference: Media namespace, getMediaList(). Result: an array of media.Media,
// whose properties are inferred from programs that read them. Errors:
// *DataError.
func (n MediaNamespace) GetMediaList(ctx context.Context) ([]Media, error) {
	return ask(ctx, n.s, "media.getMediaList", func(r *jsontext.Reader) (all []Media) {
		eachObject(r, func() string {
			if r.Peek() == 'n' {
				return r.Expected("an object")
			}
			all = append(all, readMedia(r))
			return ""
		})
		return all
	})
}

// GetMediaByName returns the media with this name, such as "voice". Genesys
// does not document the answer for a media that the agent does not have. If it
// is null, GetMediaByName returns ErrNotFound.
//
// Reference: Media namespace, getMediaByName(mediaName). Result: media.Media,
// as in GetMediaList; null if there is none (inferred). Errors: ErrNotFound;
// *DataError.
func (n MediaNamespace) GetMediaByName(ctx context.Context, mediaName string) (Media, error) {
	return find(ctx, n.s, "media.getMediaByName", readMedia, required("mediaName", mediaName))
}

// SetState sets the state of one media, such as "voice". It takes the
// OperationName of an element of AgentNamespace.GetStateList, such as
// "NotReady".
//
// Reference: Media namespace, setState(mediaName, stateOperationName).
func (n MediaNamespace) SetState(ctx context.Context, mediaName, stateOperationName string) error {
	return n.s.do(ctx, "media.setState", required("mediaName", mediaName),
		required("stateOperationName", stateOperationName))
}

func readMedia(r *jsontext.Reader) Media {
	var m Media
	for o := r.Object(); o.Next(); {
		var p property
		switch o.Name {
		case "media", "name":
			p.text = &m.Name
		case "state":
			if r.Peek() == '{' {
				m.State = readMediaState(r)
				continue
			}
			p.null = true
		}
		if !p.read(r) {
			keep(&m.Unknown, o.Name, r)
		}
	}
	return m
}
