package wwe

import (
	"context"

	"wwebridge/internal/jsontext"
)

// MediaNamespace is genesys.wwe.service.media: the agent's media and their
// states. Its methods are those of the page "Media namespace" in Genesys'
// Service Client API Reference.
type MediaNamespace struct{ s *Service }

// Media is one of the agent's media: media.Media. Genesys' table of its
// properties is not public any more; these two are what programs read of it,
// and what WWE's media event has.
type Media struct {
	Name  string // "voice"; in WWE's messages it is called media
	State MediaState

	// Unknown holds, by name, the properties that this version does not know or
	// that have another type than expected; nil for none.
	Unknown map[string]JSON
}

// GetMediaList returns the agent's media. An element that is not an object is
// left out: the others then come together with a *DataError that names it.
//
// Reference: Media namespace, getMediaList(). Result: an array of media.Media,
// whose properties are inferred from programs that read them. Errors:
// *DataError; see Service.Go.
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

// GetMediaByName gets the media with this name, such as "voice". What WWE
// answers for one that the agent does not have is not documented; ErrNotFound
// if that is null.
//
// Reference: Media namespace, getMediaByName(mediaName). Result: media.Media,
// as in GetMediaList; null for none is inferred. Errors: ErrNotFound;
// *DataError; see Service.Go.
func (n MediaNamespace) GetMediaByName(ctx context.Context, mediaName string) (Media, error) {
	return find(ctx, n.s, "media.getMediaByName", readMedia, required("mediaName", mediaName))
}

// SetState sets the state of one media, such as "voice", by the OperationName
// of an element of AgentNamespace.GetStateList, such as "NotReady".
//
// Reference: Media namespace, setState(mediaName, stateOperationName). Result:
// not documented; nil means that WWE did not refuse. Errors: see Service.Go.
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
