package check

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/andybalholm/brotli"
)

// Network is how to reach servers. Its zero value is the usual way.
type Network struct {
	Roots *x509.CertPool
	Dial  func(ctx context.Context, network, address string) (net.Conn, error)
}

// An answer is what a server has sent.
type answer struct {
	url    *url.URL
	status int
	header http.Header
	coding string // of the content as it was sent
	body   []byte // decoded
	ends   time.Time
}

// A getter gets files as a browser does, and no more of them than the limits allow.
type getter struct {
	transport *http.Transport
	referrer  string
	left      int64 // bytes
}

func newGetter(n Network, wwe string) *getter {
	dial := n.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: 10 * time.Second}).DialContext
	}
	return &getter{
		transport: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            dial,
			TLSClientConfig:        &tls.Config{RootCAs: n.Roots},
			TLSHandshakeTimeout:    10 * time.Second,
			MaxResponseHeaderBytes: 64 << 10,
			ForceAttemptHTTP2:      true,
			DisableCompression:     true, // or the answers would not show it
		},
		referrer: wwe + "/",
		left:     maxAll,
	}
}

func (g *getter) close() { g.transport.CloseIdleConnections() }

// trustAnyCertificate is for the checks after it has been reported that the certificate is not valid.
func (g *getter) trustAnyCertificate() {
	g.transport.CloseIdleConnections()
	g.transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
}

var errTooLarge = errors.New("it is larger than a panel's file should be")

// fetch gets a URL. It follows no redirects.
func (g *getter) fetch(ctx context.Context, u *url.URL, accept, destination string) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, maxAnswer)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return answer{}, err
	}
	request.Header = http.Header{
		"User-Agent":      {"wwe check"},
		"Accept":          {accept},
		"Accept-Encoding": {"gzip, deflate, br"},
		"Referer":         {g.referrer},
		"Sec-Fetch-Dest":  {destination},
	}
	response, err := g.transport.RoundTrip(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	a := answer{url: u, status: response.StatusCode, header: response.Header, coding: strings.ToLower(strings.TrimSpace(response.Header.Get("Content-Encoding")))}
	if response.TLS != nil && len(response.TLS.PeerCertificates) > 0 {
		a.ends = response.TLS.PeerCertificates[0].NotAfter
	}
	limit := min(maxFile, g.left)
	sent, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if err != nil {
		return a, err
	}
	decoded, err := decoder(a.coding, bytes.NewReader(sent))
	if err == nil {
		a.body, err = io.ReadAll(io.LimitReader(decoded, limit+1))
	}
	if err != nil {
		return a, fmt.Errorf("its content is not %s, as its Content-Encoding says", a.coding)
	}
	if g.left -= int64(len(a.body)); int64(max(len(sent), len(a.body))) > limit {
		return a, errTooLarge
	}
	return a, nil
}

func decoder(coding string, r io.Reader) (io.Reader, error) {
	switch coding {
	case "", "identity":
		return r, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(r)
	case "br":
		return brotli.NewReader(r), nil
	}
	return nil, errors.New("unknown coding")
}

// isCertificateTrouble reports whether an error is about the server's certificate, and explains it.
func isCertificateTrouble(err error, host string) (why string, ok bool) {
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	var unknown x509.UnknownAuthorityError
	var verification *tls.CertificateVerificationError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil:
		if time.Now().Before(invalid.Cert.NotBefore) {
			return "it is valid only from " + invalid.Cert.NotBefore.Format(time.DateOnly) + ": check the clocks, or wait", true
		}
		return "it ended on " + invalid.Cert.NotAfter.Format(time.DateOnly) + ": renew it", true
	case errors.As(err, &name):
		names := "no name"
		if name.Certificate != nil && len(name.Certificate.DNSNames) > 0 {
			names = some(name.Certificate.DNSNames)
		}
		return fmt.Sprintf("it is for %s, not for %s: get one for %s", names, host, host), true
	case errors.As(err, &unknown):
		return "no authority that this machine trusts has signed it: send the intermediate certificates too, or use one that the agents' browsers trust", true
	case errors.As(err, &verification):
		return verification.Err.Error(), true
	}
	return "", false
}

// explain says in words why nothing came from a server.
func explain(err error, u *url.URL) string {
	var dns *net.DNSError
	var record tls.RecordHeaderError
	var timeout net.Error
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("the name %s is not known: check its spelling, or add it to the DNS", u.Hostname())
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Sprintf("nothing listens at %s: start the server, or open its port in the firewall", u.Host)
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record):
		return "the server does not speak https at this port: set up TLS there"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("no full answer within %d seconds: check the server and the network", int(maxAnswer.Seconds()))
	case errors.Is(err, context.Canceled):
		return "interrupted"
	}
	return err.Error()
}
