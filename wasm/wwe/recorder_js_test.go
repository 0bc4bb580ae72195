package wwe_test

import "testing"

func TestASessionOverPostMessageIsRecorded(t *testing.T) { sessionReplays(t, postMessageRig().rig) }

func TestASessionOverTheClientObjectIsRecorded(t *testing.T) {
	sessionReplays(t, clientObjectRig("client object", false).rig)
}

func TestASessionOverAnOldClientObjectIsRecorded(t *testing.T) {
	sessionReplays(t, clientObjectRig("old client object", true).rig)
}
