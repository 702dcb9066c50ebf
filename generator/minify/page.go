package minify

import (
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/html"
)

// Page returns a whole page minimal, as the minifier does it that [Writer]
// follows: for pages that were not written by it. Tags and their quotes stay.
func Page(page []byte) []byte {
	m := minify.New()
	m.Add("text/html", &html.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true, KeepDefaultAttrVals: true})
	small, err := m.Bytes("text/html", page)
	if err != nil {
		return page
	}
	return small
}
