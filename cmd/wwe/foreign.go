package main

import "net/http"

// noForeignPages refuses requests that a page of another site makes for a file. A page may still
// have the panel in its iframe, as the panel's Content-Security-Policy allows.
func noForeignPages(own, desktop string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		isForeign := r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Header.Get("Sec-Fetch-Mode") != "navigate"
		if isForeign || origin != "" && origin != own && origin != desktop {
			http.Error(w, "only the panel's own page and the desktop read this", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
