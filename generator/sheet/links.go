package sheet

import (
	"html"
	"regexp"
	"strings"

	"biandan/generator/config"
)

var (
	hrefOf = regexp.MustCompile(`\bhref="([^"]*)"`)
	tags   = regexp.MustCompile(`<[^>]*>`)
)

// OnPaper is a text without what only a screen can do: an address that leads out of
// the site stands in brackets behind its words, all other links are words only, as
// the code of the sheet leads to them, and the way back from a footnote is gone.
func OnPaper(body string) string {
	at := strings.Index(body, "<a ")
	if at < 0 {
		return body
	}
	var out strings.Builder
	out.Grow(len(body))
	for ; at >= 0; at = strings.Index(body, "<a ") {
		open := tagEnd(body[at:])
		end := strings.Index(body[at:], "</a>")
		if open < 0 || end < open {
			break
		}
		tag, words := body[at:at+open], body[at+open+1:at+end]
		if strings.Contains(tag, "footnote-backref") {
			out.WriteString(strings.TrimSuffix(strings.TrimSuffix(body[:at], "&#160;"), "\u00a0"))
		} else {
			out.WriteString(body[:at])
			out.WriteString(words)
			out.WriteString(writtenOut(tag, words))
		}
		body = body[at+end+len("</a>"):]
	}
	out.WriteString(body)
	return out.String()
}

// tagEnd returns the place of the > that ends a tag, -1 for none; one in quotes does not.
func tagEnd(tag string) int {
	quoted := false
	for i := range len(tag) {
		switch {
		case tag[i] == '"':
			quoted = !quoted
		case tag[i] == '>' && !quoted:
			return i
		}
	}
	return -1
}

// writtenOut is what stands on paper behind the words of a link: its address in
// brackets, when it leads out of the site and the words do not say it.
func writtenOut(tag, words string) string {
	if !strings.Contains(tag, "://") { // as most lead to pages of the site
		return ""
	}
	h := hrefOf.FindStringSubmatch(tag)
	if h == nil {
		return ""
	}
	to := html.UnescapeString(h[1])
	if !strings.HasPrefix(to, "http://") && !strings.HasPrefix(to, "https://") {
		return ""
	}
	address := strings.TrimSuffix(config.Readable(to), "/")
	if said := html.UnescapeString(tags.ReplaceAllString(words, "")); strings.Contains(said, address) || strings.Contains(said, to) {
		return ""
	}
	return "（" + html.EscapeString(address) + "）"
}
