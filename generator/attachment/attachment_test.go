package attachment_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"

	"biandan/generator/attachment"
	"biandan/generator/personal"
)

// TestPersonalDataIsFoundInAttachments puts the texts with which package personal is
// tried into a file of each kind: what is personal in them must be found there, and
// look-alikes must pass.
func TestPersonalDataIsFoundInAttachments(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "personal", "testdata", "texts.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var texts, want []string
	for line := range strings.Lines(string(data)) {
		_, quoted, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		marked, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.NewReplacer("【", "", "】", "").Replace(marked)
		if strings.TrimSpace(text) == "" {
			continue
		}
		texts = append(texts, text)
		for rest := marked; ; {
			_, after, ok := strings.Cut(rest, "【")
			if !ok {
				break
			}
			one, after, _ := strings.Cut(after, "】")
			want = append(want, one)
			rest = after
		}
	}
	for name, file := range map[string][]byte{"a.docx": docx(t, texts...), "a.xlsx": xlsx(t, texts...), "a.csv": csvOf(texts...), "a.pdf": pdfOf(texts...),
		"a.zip": packed(t, "名单/a.docx", string(docx(t, texts...)))} {
		text := attachment.Read(name, file)
		if len(text.Unread) > 0 {
			t.Errorf("%s: not read: %v", name, text.Unread)
		}
		if got := personalIn(text); !slices.Equal(got, want) {
			for i := range min(len(got), len(want)) {
				if got[i] != want[i] {
					t.Errorf("%s: found %q, want %q", name, got[i], want[i])
					break
				}
			}
			t.Errorf("%s: found %d, want %d", name, len(got), len(want))
		}
	}
}

// personalIn finds what is personal in the parts and the cells.
func personalIn(text *attachment.Text) (found []string) {
	add := func(lines []string) {
		for _, x := range personal.FindInLines(lines) {
			found = append(found, x.Text)
		}
	}
	for _, p := range text.Parts {
		add(p.Lines)
	}
	for _, table := range text.Tables {
		for _, row := range table.Rows {
			for _, cell := range row {
				add([]string{cell.Text})
			}
		}
	}
	return found
}

// shown writes what was read, with the places, for comparing.
func shown(text *attachment.Text) string {
	var all []string
	for _, p := range text.Parts {
		all = append(all, p.Where+":"+strings.Join(p.Lines, "⏎"))
	}
	for _, table := range text.Tables {
		for _, row := range table.Rows {
			for _, cell := range row {
				all = append(all, cell.Where+":"+cell.Text)
			}
		}
	}
	for _, u := range text.Unread {
		all = append(all, u.Where+"!"+u.Why)
	}
	return strings.Join(all, " | ")
}

func TestRead(t *testing.T) {
	encoded := func(e interface{ Bytes([]byte) ([]byte, error) }, s string) []byte {
		data, err := e.Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	word := func(body string, more ...string) []byte {
		return packed(t, append([]string{"word/document.xml", "<w:document" + wordSpace + "><w:body>" + body + "</w:body></w:document>"}, more...)...)
	}
	run := func(s string) string { return "<w:r><w:t>" + s + "</w:t></w:r>" }
	for _, c := range []struct {
		what, name string
		data       []byte
		want       string
	}{
		{"nothing", "a.docx", nil, ""},
		{"text of UTF-8 with a mark", "a.txt", []byte("\uFEFF甲\r\n乙"), ":甲⏎乙"},
		{"text of GBK", "a.txt", encoded(simplifiedchinese.GBK.NewEncoder(), "甲乙\n丙"), ":甲乙⏎丙"},
		{"Unicode text of Excel", "a.txt", encoded(xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewEncoder(), "甲\t乙\r\n丙\t丁\r\n"),
			"第 1 行第 1 列:甲 | 第 1 行第 2 列:乙 | 第 2 行第 1 列:丙 | 第 2 行第 2 列:丁"},
		{"table with a line in a cell", "a.csv", []byte("a,\"甲\n乙\"\nb,丙"), "第 1 行第 1 列:a | 第 1 行第 2 列:甲\n乙 | 第 3 行第 1 列:b | 第 3 行第 2 列:丙"},
		{"table with semicolons", "a.csv", []byte("甲;乙"), "第 1 行第 1 列:甲 | 第 1 行第 2 列:乙"},
		{"web page that is called a table", "a.xls", []byte("<table><tr><td>甲"), ":<table><tr><td>甲"},
		{"drawing", "a.svg", []byte(`<svg><path d="M1390 0139 000"/><text>甲<tspan>乙</tspan></text></svg>`), "图里:甲乙"},

		{"table of Word", "a.docx", word("<w:p>" + run("题") + "</w:p><w:tbl><w:tr><w:tc><w:p>" + run("甲") + "</w:p></w:tc><w:tc><w:p>" + run("乙") + "</w:p><w:p>" + run("丙") + "</w:p></w:tc></w:tr></w:tbl><w:p>" + run("尾") + "</w:p>"),
			"第 1 段:题 | 第 2 段:尾 | 第 1 个表格第 1 行第 1 列:甲 | 第 1 个表格第 1 行第 2 列:乙\n丙"},
		{"what was deleted and inserted", "a.docx", word("<w:p>" + run("139") + "<w:del><w:r><w:delText>8</w:delText></w:r></w:del><w:ins>" + run("9") + "</w:ins>" + run("00") + "</w:p>"), "第 1 段:139900 | 第 1 段:139800"},
		{"text box, written twice", "a.docx", word("<w:p>" + run("甲") + "<AlternateContent><Choice><w:p>" + run("框") + "</w:p></Choice><Fallback><w:p>" + run("框") + "</w:p></Fallback></AlternateContent>" + run("乙") + "</w:p>"), "第 1 段:框 | 第 2 段:甲乙"},
		{"what stands around a text", "a.docx", word("", "word/header1.xml", "<hdr><p><t>眉</t></p></hdr>", "word/footer2.xml", "<f><p><t>脚</t></p></f>", "word/comments.xml", "<c><p><t>注</t></p></c>",
			"word/footnotes.xml", "<f><p><t>脚注</t></p></f>", "word/embeddings/a.xlsx", "PK"), "页眉:眉 | 页脚:脚 | 批注:注 | 脚注:脚注 | 文档里嵌入的文件!要在文档里双击才打得开"},

		{"numbers of Excel", "a.xlsx", workbook(t, "内部", "hidden", `<row r="3" hidden="1"><c r="AB3"><v>1.1010119900307E+17</v></c><c><v>13900139000</v></c><c s="1"><v>32939</v></c></row><row><c t="inlineStr"><is><t>甲</t></is></c></row>`,
			"xl/styles.xml", `<s><numFmts><numFmt numFmtId="177" formatCode="yyyy&quot;年&quot;m"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="177"/></cellXfs></s>`,
			"xl/comments1.xml", `<c><comment ref="B2"><text><r><t>批</t></r><r><t>语</t></r></text></comment></c>`),
			"B2 的批注:批语 | 工作表“内部（隐藏）”的 AB3 格:110101199003070000 | 工作表“内部（隐藏）”的 AC3 格:13900139000 | 工作表“内部（隐藏）”的 AD3 格:1990-03-07 | 工作表“内部（隐藏）”的 A4 格:甲"},
		{"slides", "a.pptx", packed(t, "ppt/presentation.xml", "<p/>", "ppt/slides/slide10.xml", "<p:s><a:p><a:r><a:t>乙</a:t></a:r></a:p></p:s>", "ppt/slides/slide2.xml", "<p:s><a:p><a:r><a:t>甲</a:t></a:r></a:p></p:s>"), "第 1 张幻灯片:甲 | 第 2 张幻灯片:乙"},
		{"OpenDocument", "a.odt", packed(t, "content.xml", `<o><text:p>139<text:span>0013</text:span><text:s/>9000</text:p><table:table table:name="表1"><table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row></table:table></o>`), "第 1 段:1390013 9000 | 表格“表1”第 1 行第 3 列:甲"},
		{"OFD", "a.ofd", packed(t, "OFD.xml", "<o/>", "Doc_0/Pages/Page_0/Content.xml", "<p><TextObject><TextCode>甲</TextCode><TextCode>乙</TextCode></TextObject></p>"), "第 1 页:甲乙"},

		{"archive", "a.zip", packed(t, "甲.txt", "甲", "b/c.doc", "\xD0\xCF\x11\xE0", "p.jpg", "x", "in.zip", string(packed(t, "a", "b"))), "压缩包里的“甲.txt”:甲 | 压缩包里的“b/c.doc”!是旧格式的文档，或者不是文档 | 压缩包里的“in.zip”!是压缩包里的压缩包"},
		{"old document", "a.doc", []byte("\xD0\xCF\x11\xE0xx"), "!是旧格式的文档，或者不是文档"},
		{"encrypted document", "a.docx", append([]byte("\xD0\xCF\x11\xE0xx"), encoded(xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM).NewEncoder(), "EncryptedPackage")...), "!加了密码"},
		{"half an archive", "a.docx", docx(t, "甲")[:60], "!已经损坏，或者写法特别"},
		{"half a document", "a.docx", packed(t, "word/document.xml", "<w><w:p><w:t>甲</w:t></w:p><"), "第 1 段:甲 | !已经损坏，或者写法特别"},
		{"something else", "a.exe", []byte("MZ\x00\x01"), "!是旧格式的文档，或者不是文档"},
	} {
		if got := shown(attachment.Read(c.name, c.data)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.what, got, c.want)
		}
	}
}

// TestPDF reads pages as different programs write them.
func TestPDF(t *testing.T) {
	page := func(content string, more ...string) []byte {
		objects := append([]string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
			"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 6 0 R/I 7 0 R>>/XObject<</X 8 0 R>>>>>>",
			fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content),
			"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
			"<</Type/Font/Subtype/Type0/Encoding/GBK-EUC-H/DescendantFonts[<<>>]>>",
			"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<<>>]>>"}, more...)
		return pdfFile(objects...)
	}
	form := "<</Subtype/Form/Matrix[1 0 0 1 0 0]/Length 50>>\nstream\nBT /F 10 Tf 0 500 Td (in a form) Tj ET           \nendstream"
	picture := "<</Subtype/Image/Length 1>>\nstream\nx\nendstream"
	for _, c := range []struct {
		what, content string
		want          string
		more          []string
	}{
		{"letters one by one", "BT /F 10 Tf 0 700 Td [(139)-10(0013)20(9000)] TJ ET", "第 1 页:13900139000", nil},
		{"pieces with their places", "BT /F 10 Tf 1 0 0 1 0 700 Tm (1390013) Tj ET BT 1 0 0 1 38.9 700 Tm (9000) Tj ET", "第 1 页:13900139000", nil},
		{"pieces out of order", "BT /F 10 Tf 1 0 0 1 38.9 700 Tm (9000) Tj ET BT 1 0 0 1 0 500 Tm (x) Tj ET BT 1 0 0 1 0 700 Tm (1390013) Tj ET", "第 1 页:9000⏎x⏎1390013 | 第 1 页:13900139000", nil},
		{"columns", "BT /F 10 Tf 1 0 0 1 0 700 Tm (1) Tj 1 0 0 1 100 700 Tm (13900139000) Tj 0 -20 Td (next) Tj ET", "第 1 页:1\t13900139000⏎next", nil},
		{"turned", "q 0 1 -1 0 0 0 cm BT /F 10 Tf 0 700 Td (1390013) Tj (9000) Tj ET Q", "第 1 页:13900139000", nil},
		{"GBK", "BT /G 10 Tf 0 700 Td <BCD7313339> Tj ET", "第 1 页:甲139", nil},
		{"in a form", "/X Do", "第 1 页:in a form", []string{form}},
		{"a scan", "/X Do", "!没有文字，多半是扫描的图片", []string{picture}},
		{"an empty page", "", "!没有文字，多半是扫描的图片", nil},
		{"glyphs without characters", "BT /I 10 Tf 0 700 Td <000100020003000400050006000700080009> Tj ET", "第 1 页:\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD | 第 1 页!用的字体没有说明哪个字形是哪个字", nil},
		{"breaks off", "BT /F 10 Tf 0 700 Td (13900139000) Tj ET )", "第 1 页:13900139000 | 第 1 页!已经损坏，或者写法特别", nil},
	} {
		data := page(c.content, c.more...)
		if got := shown(attachment.Read("a.pdf", data)); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.what, got, c.want)
		}
		newer := bytes.Replace(data, []byte("%PDF-1.7"), []byte("%PDF-2.0"), 1)
		if got := shown(attachment.Read("a.pdf", append(newer, 0, 0))); got != c.want {
			t.Errorf("%s, PDF 2.0: %q", c.what, got)
		}
	}
}

// TestHostileAttachments wants an answer, soon and in little memory, to files that
// were made to be too large.
func TestHostileAttachments(t *testing.T) {
	attachment.LimitText(t, 4<<20) // more than what is deep has
	bomb := strings.Repeat(" ", 4<<20)
	var packedZeros bytes.Buffer
	z := zlib.NewWriter(&packedZeros)
	z.Write(make([]byte, 5<<20))
	z.Close()
	stream := func(head string) string {
		return fmt.Sprintf("<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream", head, packedZeros.Len(), packedZeros.String())
	}
	onePage := "<</Type/Pages/Count 1/Kids[<</Type/Page/Contents 3 0 R>>]>>"
	for _, c := range []struct {
		what string
		data []byte
		want string
	}{
		{"unpacks to more than anybody reads", packed(t, "word/document.xml", "<w>"+bomb+"</w>"), "!里面的内容太多"},
		{"deep", packed(t, "word/document.xml", strings.Repeat("<p>", 1<<20)), "!里面的内容太多"},
		{"page that unpacks to much", pdfFile("<</Type/Catalog/Pages 2 0 R>>", onePage, stream("")), "第 1 页!里面的内容太多"},
		{"objects that unpack to much", pdfFile("<</Type/Catalog/Pages 2 0 R>>", onePage, stream("/Type/ObjStm")), "!里面的内容太多"},
		{"tree of pages in a circle", pdfFile("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]>>"), "!里面的内容太多"},
		{"form in itself", pdfFile("<</Type/Catalog/Pages 2 0 R>>", "<</Kids[<</Contents 3 0 R/Resources 4 0 R>>]>>", "<</Subtype/Form/Length 5>>\nstream\n/X Do\nendstream", "<</XObject<</X 3 0 R>>>>"), "!没有文字，多半是扫描的图片"},
		{"earlier version is this one", bytes.Replace(pdfFile("<</Type/Catalog/Pages 2 0 R>>", onePage), []byte("<</Size"), []byte("<</Prev 9/Size"), 1), "!已经损坏，或者写法特别"},
		{"table of a size that is not", bytes.Replace(pdfFile("<</Type/Catalog>>"), []byte("/Size 2"), []byte("/Size 999999999999"), 1), "!里面的内容太多"},
	} {
		if got := shown(attachment.Read("a", c.data)); got != c.want {
			t.Errorf("%s: %.200q, want %q", c.what, got, c.want)
		}
	}
}

// FuzzRead wants an answer to any bytes, be they a file of an office program, a part
// of one, or nothing of the kind.
func FuzzRead(f *testing.F) {
	f.Add("", docx(f, "甲 13900139000"))
	f.Add("", xlsx(f, "甲", "13900139000"))
	f.Add("", pdfOf("甲 13900139000"))
	f.Add("a.csv", csvOf("甲", "13900139000"))
	f.Add("word/document.xml", []byte("<w:p><w:tbl><w:tr><w:tc><w:p><w:t>x</w:t></w:p>"))
	f.Add("content.xml", []byte("</p></table-cell><p>x</p>"))
	f.Add("xl/worksheets/sheet1.xml", []byte(`<c r="ZZZZZZZ9" t="s"><v>9</v></c><row/>`))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		files := [][]byte{data}
		if strings.HasSuffix(name, ".xml") {
			files = append(files, packed(t, name, string(data), "xl/workbook.xml", "<w/>"), packed(t, name, string(data)))
		}
		for _, file := range files {
			for _, table := range attachment.Read(name, file).Tables {
				for _, row := range table.Rows {
					for _, cell := range row {
						if cell.Column < 0 {
							t.Fatalf("a cell before the first: %+v", cell)
						}
					}
				}
			}
		}
	})
}
