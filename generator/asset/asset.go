// Package asset prepares the files that pages refer to: style sheets and
// scripts (made small), drawings, photographs.
//
// Assets of the theme carry a digest of their bytes in their name, so that a
// browser may keep them for ever. Photographs are turned upright, freed of all
// metadata (a phone writes the place into each), and made no wider than a page
// needs.
package asset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"

	"biandan/generator/diag"
)

var ruleAsset = diag.Define(diag.Rule{Code: "E0603", Name: "主题的样式或脚本有误", Severity: diag.Error,
	Why: "样式表、脚本或图形文件写错了，浏览器会从出错的地方起不再理会", Mend: "改好这个文件里的语法"})

var mediaTypes = map[string]string{".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

var minifier = newMinifier()

func newMinifier() *minify.M {
	m := minify.New()
	m.Add("text/css", &css.Minifier{})
	m.Add("text/javascript", &js.Minifier{})
	m.Add("image/svg+xml", &svg.Minifier{})
	return m
}

// Minify returns the bytes of a style sheet, script or drawing made small; any
// other file as it is. A mistake in the file goes to bag.
func Minify(file string, data []byte, bag *diag.Bag) []byte {
	media := mediaTypes[strings.ToLower(path.Ext(file))]
	if media == "" {
		return data
	}
	small, err := minifier.Bytes(media, bytes.Clone(data)) // it writes into what it reads
	if err != nil {
		bag.Addf(ruleAsset, diag.Pos{File: file}, "“%s”里有语法错误，压缩不了", path.Base(file))
		return data
	}
	return small
}

// Fingerprint puts a digest of data into a file's name: site.css becomes
// site.1f3a….css.
func Fingerprint(name string, data []byte) string {
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + Digest(data) + ext
}

// Digest returns the first characters of the SHA-256 of data.
func Digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}
