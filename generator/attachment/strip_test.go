package attachment

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
)

func packed(t *testing.T, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, parts[i+1])
	}
	w.Close()
	return out.Bytes()
}

// TestDocumentsDoNotTellWhoWroteThem takes the author out of documents, keeps all else
// as it is, and names what readers could dig out.
func TestDocumentsDoNotTellWhoWroteThem(t *testing.T) {
	const types = "[Content_Types].xml"
	author := "<dc:creator>CANARY</dc:creator>"
	for _, c := range []struct {
		name   string
		data   []byte
		hidden []string
		keeps  string
	}{
		{"Word", packed(t, types, "x", "docProps/core.xml", author, "docProps/app.xml", "<Company>CANARY</Company>", "word/document.xml", "<w:t>正文</w:t>"), nil, "正文"},
		{"comments and changes", packed(t, types, "x", "docProps/core.xml", author, "word/comments.xml", "y", "word/document.xml", "<w:del w:id='1'/>正文"), []string{"批注", "修订的痕迹"}, "正文"},
		{"hidden sheet", packed(t, types, "x", "docProps/core.xml", author, "xl/workbook.xml", `<sheet name="a" state="veryHidden"/>`), []string{"隐藏的工作表"}, "veryHidden"},
		{"shown sheet", packed(t, types, "x", "xl/workbook.xml", `<sheet name="a"/>`), nil, "sheet"},
		{"OpenDocument", packed(t, "mimetype", "application/vnd.oasis.opendocument.text", "meta.xml", author, "content.xml", "正文"), nil, "正文"},
		{"PDF with an author", []byte("%PDF-1.7\n1 0 obj<</Author (Zhang)>>"), []string{"作者的名字"}, ""},
		{"PDF without", []byte("%PDF-1.7\n1 0 obj<</Author ()/Creator (x)>>"), nil, ""},
		{"an archive of files", packed(t, "docProps/core.xml", "CANARY is no property here"), nil, "CANARY"},
		{"damaged", []byte("PK\x03\x04 damaged"), nil, ""},
	} {
		got, hidden := Strip(c.data)
		if !slices.Equal(hidden, c.hidden) {
			t.Errorf("%s: hidden %v, want %v", c.name, hidden, c.hidden)
		}
		if c.keeps == "" {
			if !bytes.Equal(got, c.data) {
				t.Errorf("%s: it was changed", c.name)
			}
			continue
		}
		r, err := zip.NewReader(bytes.NewReader(got), int64(len(got)))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		all := ""
		for _, f := range r.File {
			all += string(part(f))
		}
		if !strings.Contains(all, c.keeps) || c.keeps != "CANARY" && strings.Contains(all, "CANARY") {
			t.Errorf("%s: it holds %q", c.name, all)
		}
		if again, _ := Strip(c.data); !bytes.Equal(again, got) {
			t.Errorf("%s: other bytes each time", c.name)
		}
	}
}
