package drive

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheProxyPutsItsScriptIntoPagesAlone(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page":
			assert.Empty(t, r.Header.Get("Accept-Encoding"), "it must come as it is")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>T</title>")
		case "/script":
			assert.Equal(t, "br", r.Header.Get("Accept-Encoding"))
			w.Header().Set("Content-Encoding", "br")
			_, _ = io.WriteString(w, "compressed")
		default:
			panic(http.ErrAbortHandler)
		}
	}))
	defer server.Close()
	w, err := startWatch()
	require.NoError(t, err)
	defer w.close()
	w.preload("window.early = true")
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, Proxy: http.ProxyURL(&url.URL{Scheme: "http", Host: w.address()})}}
	defer client.CloseIdleConnections()
	do := func(method, path, accept, body string) (string, error) {
		request, err := http.NewRequest(method, server.URL+path, strings.NewReader(body))
		require.NoError(t, err)
		request.Header.Set("Accept", accept)
		request.Header.Set("Accept-Encoding", "br")
		response, err := client.Do(request)
		if err != nil {
			return "", err
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		return string(text), err
	}

	page, err := do("GET", "/page", "text/html,*/*;q=0.8", "")
	require.NoError(t, err)
	assert.Equal(t, "<!DOCTYPE html>\n<html lang=\"en\">\n<head><script src=\""+watchScriptPath+"\"></script>\n<title>T</title>", page)
	script, err := do("GET", "/script", "*/*", "")
	require.NoError(t, err)
	assert.Equal(t, "compressed", script)
	own, err := do("GET", watchScriptPath, "*/*", "")
	require.NoError(t, err)
	assert.Contains(t, own, "window.early = true")
	assert.Contains(t, own, w.reportPath())
	_, err = do("POST", w.reportPath(), "*/*", "it is wrong")
	require.NoError(t, err)
	assert.Equal(t, []string{"it is wrong"}, w.complaints())

	before := w.reportPath()
	w.reset()
	assert.Empty(t, w.complaints())
	_, err = do("POST", before, "*/*", "late")
	require.NoError(t, err)
	assert.Empty(t, w.complaints(), "a tab that is closed may report until it has ended")
	_, err = do("GET", "/broken", "*/*", "")
	assert.Error(t, err, "a server that breaks off is no answer of the proxy's")
}
