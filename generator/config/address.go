package config

import (
	"net"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// hosts puts the name of a host into the form in which browsers ask for it.
var hosts = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))

// Address puts the address of a site into the form in which a browser writes it:
// small letters, a Chinese name as punycode, one slash between folders and one at
// the end, all else percent-encoded. Codes, sitemap and printing take it letter
// for letter, so there is no other form within. ok is false when nothing can
// follow it, or no browser opens it.
func Address(s string) (address string, ok bool) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(s, "#") {
		return "", false
	}
	host, port := u.Hostname(), u.Port()
	if net.ParseIP(host) == nil {
		if host, err = hosts.ToASCII(host); err != nil || strings.Trim(host, ".") == "" {
			return "", false
		}
	}
	if strings.Contains(host, ":") {
		host = "[" + strings.ToLower(host) + "]"
	}
	if n, err := strconv.Atoi(port); port != "" && (err != nil || n < 1 || n > 65535) {
		return "", false
	} else if port != "" && (u.Scheme != "http" || n != 80) && (u.Scheme != "https" || n != 443) {
		host += ":" + strconv.Itoa(n)
	}
	folder := strings.TrimSuffix(path.Clean("/"+u.EscapedPath()), "/") + "/"
	return u.Scheme + "://" + host + folder, true
}

// Readable is an address, of the site or below it, as people read and type it:
// without its scheme, in Chinese where it is.
func Readable(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	host, folder, _ := strings.Cut(rest, "/")
	if chinese, err := hosts.ToUnicode(host); err == nil {
		host = chinese
	}
	if chinese, err := url.PathUnescape(folder); err == nil && !strings.ContainsFunc(chinese, func(r rune) bool { return r <= ' ' || r == unicode.ReplacementChar }) {
		folder = chinese
	}
	return host + "/" + folder
}
