package attachment_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// The files are made here as small as they may be: what each program writes beside
// is not read.

// packed makes an archive of names and texts, in pairs.
func packed(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err == nil {
			_, err = w.Write([]byte(pairs[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

const wordSpace = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// paragraph writes a paragraph of Word, each two characters in a run of their own.
func wordParagraph(text string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	chars := []rune(text)
	for i := 0; i < len(chars); i += 2 {
		fmt.Fprintf(&b, `<w:r><w:t xml:space="preserve">%s</w:t></w:r>`, escaper.Replace(string(chars[i:min(i+2, len(chars))])))
	}
	return b.String() + "</w:p>"
}

// docx makes a document with some paragraphs.
func docx(t testing.TB, texts ...string) []byte {
	var body strings.Builder
	for _, text := range texts {
		body.WriteString(wordParagraph(text))
	}
	return packed(t, "word/document.xml", "<w:document"+wordSpace+"><w:body>"+body.String()+"</w:body></w:document>")
}

const sheetSpace = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// workbook makes a workbook with one sheet of that name and content, and more files.
func workbook(t testing.TB, name, state, rows string, more ...string) []byte {
	return packed(t, append([]string{
		"xl/workbook.xml", fmt.Sprintf(`<workbook%s><sheets><sheet name="%s" sheetId="1" state="%s" r:id="rId7"/></sheets></workbook>`, sheetSpace, name, state),
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", "<worksheet" + sheetSpace + "><sheetData>" + rows + "</sheetData></worksheet>",
	}, more...)...)
}

// xlsx makes a workbook with a text in each row, of several runs.
func xlsx(t testing.TB, texts ...string) []byte {
	var rows, shared strings.Builder
	for i, text := range texts {
		fmt.Fprintf(&rows, `<row r="%d"><c r="B%d" t="s"><v>%d</v></c></row>`, i+1, i+1, i)
		shared.WriteString("<si>")
		for _, c := range text {
			fmt.Fprintf(&shared, `<r><t xml:space="preserve">%s</t></r>`, escaper.Replace(string(c)))
		}
		shared.WriteString("</si>")
	}
	return workbook(t, "名单", "visible", rows.String(), "xl/sharedStrings.xml", "<sst"+sheetSpace+">"+shared.String()+"</sst>")
}

// csv makes a table of one column.
func csvOf(texts ...string) []byte {
	var b strings.Builder
	for _, text := range texts {
		fmt.Fprintf(&b, "\"%s\",\r\n", strings.ReplaceAll(text, `"`, `""`))
	}
	return []byte("\uFEFF" + b.String())
}

// pdfOf makes a PDF with a page for each text. Its font is one as office programs
// write them: codes say nothing, a table tells the characters (ToUnicode). Each three
// letters are drawn for themselves, at the place where the last ended.
func pdfOf(texts ...string) []byte {
	codes := map[rune]int{}
	for _, text := range texts {
		for _, c := range text {
			if _, ok := codes[c]; !ok {
				codes[c] = len(codes) + 1
			}
		}
	}
	table := "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
	for c, code := range codes {
		table += fmt.Sprintf("1 beginbfchar <%04X> <%X> endbfchar\n", code, utf16Bytes(c))
	}
	table += "endcmap CMapName currentdict /CMap defineresource pop end end"
	stream := func(s string) string { return fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(s), s) }
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "",
		"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/ToUnicode 4 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000>>]>>", stream(table)}
	kids := ""
	for _, text := range texts {
		content, x := "", 20
		for chars := []rune(text); len(chars) > 0; {
			n := min(3, len(chars))
			hex := ""
			for _, c := range chars[:n] {
				hex += fmt.Sprintf("%04X", codes[c])
			}
			content += fmt.Sprintf("BT /F1 10 Tf 1 0 0 1 %d 700 Tm <%s> Tj ET\n", x, hex)
			x, chars = x+10*n, chars[n:]
		}
		objects = append(objects, stream(content), fmt.Sprintf("<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", len(objects)+1))
		kids += fmt.Sprintf("%d 0 R ", len(objects))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(texts), kids)
	return pdfFile(objects...)
}

// pdfFile writes the objects of a PDF, the first of which is its root.
func pdfFile(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	table := "0000000000 65535 f \n"
	for i, o := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table, len(objects)+1, at)
	return b.Bytes()
}

func utf16Bytes(c rune) []byte {
	if c > 0xFFFF {
		c -= 0x10000
		high, low := 0xD800+c>>10, 0xDC00+c&0x3FF
		return []byte{byte(high >> 8), byte(high), byte(low >> 8), byte(low)}
	}
	return []byte{byte(c >> 8), byte(c)}
}
