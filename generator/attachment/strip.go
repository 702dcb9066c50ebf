package attachment

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
)

// properties are the parts of a document that say who wrote it, on which machine and
// in which office, with what takes their place.
var properties = map[string]string{
	"docProps/core.xml":   `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`,
	"docProps/app.xml":    `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`,
	"docProps/custom.xml": `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`,
	"meta.xml":            `<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"/>`,
}

var (
	commentPart = regexp.MustCompile(`^(word/comments\w*|xl/comments\d*|xl/threadedComments/\w+|ppt/comments/\w+)\.xml$`)
	hiddenSheet = regexp.MustCompile(`<sheet\b[^>]*\bstate="(hidden|veryHidden)"`)
	tracked     = regexp.MustCompile(`<w:(ins|del|moveFrom|moveTo)\b`)
	pdfAuthor   = regexp.MustCompile(`/Author\s*(\([^)]|<[0-9A-Fa-f]{5})|<dc:creator>`)
)

// Strip returns a document without what tells who wrote it, as far as that can be
// taken out, and names in Chinese what readers do not see and can find nonetheless.
// Files of other kinds come back as they are.
func Strip(data []byte) (stripped []byte, hidden []string) {
	if bytes.HasPrefix(data, []byte("%PDF-")) {
		if pdfAuthor.Match(data) {
			hidden = append(hidden, "作者的名字")
		}
		return data, hidden
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(r.File) > maxFiles || !isDocument(r) {
		return data, nil
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		text, isProperty := properties[f.Name]
		switch {
		case commentPart.MatchString(f.Name):
			hidden = append(hidden, "批注")
		case f.Name == "xl/workbook.xml" && hiddenSheet.Match(part(f)):
			hidden = append(hidden, "隐藏的工作表")
		case f.Name == "word/document.xml" && tracked.Match(part(f)):
			hidden = append(hidden, "修订的痕迹")
		}
		if !isProperty {
			err = w.Copy(f)
		} else if p, e := w.Create(f.Name); e == nil {
			_, err = io.WriteString(p, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+text)
		}
		if err != nil {
			return data, hidden
		}
	}
	if w.Close() != nil {
		return data, hidden
	}
	return out.Bytes(), hidden
}

// isDocument reports whether an archive is a document of an office program.
func isDocument(r *zip.Reader) bool {
	for _, f := range r.File {
		if f.Name == "[Content_Types].xml" || f.Name == "META-INF/manifest.xml" || f.Name == "mimetype" && strings.HasPrefix(string(part(f)), "application/vnd.oasis") {
			return true
		}
	}
	return false
}

// part reads a part of a document, up to the budget of all.
func part(f *zip.File) []byte {
	in, err := f.Open()
	if err != nil {
		return nil
	}
	defer in.Close()
	data, _ := io.ReadAll(io.LimitReader(in, maxText))
	return data
}
