package sheet

import (
	"html"
	"regexp"
	"strings"

	"biandan/generator/config"
)

var (
	anchor = regexp.MustCompile(`(?s)(?:&#160;|\x{a0})?<a\b((?:[^>"]|"[^"]*")*)>(.*?)</a>`)
	hrefOf = regexp.MustCompile(`\bhref="([^"]*)"`)
	tags   = regexp.MustCompile(`<[^>]*>`)
)

// OnPaper is a text without what only a screen can do: an address that leads out of
// the site stands in brackets behind its words, all other links are words only, as
// the code of the sheet leads to them, and the way back from a footnote is gone.
func OnPaper(body string) string {
	if !strings.Contains(body, "<a") {
		return body
	}
	return anchor.ReplaceAllStringFunc(body, func(a string) string {
		m := anchor.FindStringSubmatch(a)
		if strings.Contains(m[1], "footnote-backref") {
			return ""
		}
		words := a[:strings.Index(a, "<")] + m[2]
		h := hrefOf.FindStringSubmatch(m[1])
		if h == nil {
			return words
		}
		to := html.UnescapeString(h[1])
		if !strings.HasPrefix(to, "http://") && !strings.HasPrefix(to, "https://") {
			return words
		}
		address := strings.TrimSuffix(config.Readable(to), "/")
		if said := html.UnescapeString(tags.ReplaceAllString(words, "")); strings.Contains(said, address) || strings.Contains(said, to) {
			return words
		}
		return words + "（" + html.EscapeString(address) + "）"
	})
}
