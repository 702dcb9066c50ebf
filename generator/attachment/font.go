package attachment

import (
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// font tells the characters and the widths of the codes of a font of a PDF.
type font struct {
	two    bool              // codes have two bytes
	gbk    bool              // codes are GBK
	utf16  bool              // codes are UTF-16
	known  map[string]string // characters by code, as the document tells
	simple pdf.TextEncoding  // of codes of one byte
	widths map[int]float64   // by code, in sizes of letters
	usual  float64
}

// fontOf returns a font of some resources, which many pages share.
func (d *document) fontOf(fonts pdf.Value, name string) *font {
	key := ""
	if m := regexp.MustCompile(`/` + regexp.QuoteMeta(name) + ` (\d+ \d+) R`).FindStringSubmatch(fonts.String()); m != nil {
		key = m[1]
	}
	if f := d.fonts[key]; f != nil && key != "" {
		return f
	}
	v := fonts.Key(name)
	f := &font{known: d.toUnicode(v), widths: map[int]float64{}}
	if v.Key("Subtype").Name() == "Type0" {
		f.composite(v)
	} else {
		f.plain(v)
	}
	d.fonts[key] = f
	return f
}

// plain fills a font with codes of one byte.
func (f *font) plain(v pdf.Value) {
	f.simple, f.usual = (&pdf.Font{V: v}).Encoder(), 0.556 // a digit of Helvetica
	first, widths := int(v.Key("FirstChar").Int64()), v.Key("Widths")
	for i := range min(widths.Len(), 256) {
		f.widths[first+i] = widths.Index(i).Float64() / 1000
	}
}

// composite fills a font with codes of several bytes.
func (f *font) composite(v pdf.Value) {
	switch enc := v.Key("Encoding").Name(); {
	case strings.HasPrefix(enc, "GB"):
		f.gbk = true
	case strings.HasPrefix(enc, "Uni"):
		f.two, f.utf16 = true, true
	default: // Identity-H, and what a document defines itself
		f.two = true
	}
	f.usual = 1
	below := v.Key("DescendantFonts").Index(0)
	if w := below.Key("DW"); w.Kind() == pdf.Integer || w.Kind() == pdf.Real {
		f.usual = w.Float64() / 1000
	}
	if f.gbk || f.utf16 {
		return // the widths are by another number
	}
	list := below.Key("W")
	for i := 0; i+1 < list.Len(); {
		from := int(list.Index(i).Int64())
		if each := list.Index(i + 1); each.Kind() == pdf.Array {
			for j := range min(each.Len(), 1<<16) {
				f.widths[from+j] = each.Index(j).Float64() / 1000
			}
			i += 2
			continue
		}
		to, wide := int(list.Index(i+1).Int64()), list.Index(i+2).Float64()/1000
		for code := max(from, 0); code <= min(to, 1<<16); code++ {
			f.widths[code] = wide
		}
		i += 3
	}
}

// length returns how many bytes the first code of a text has.
func (f *font) length(codes string) int {
	if len(codes) > 1 && (f.two || f.gbk && codes[0] > 0x80) {
		return 2
	}
	return 1
}

// width returns how wide the glyph of a code is, in sizes of letters.
func (f *font) width(code string) float64 {
	if f.gbk && len(code) == 1 || f.utf16 && len(code) == 2 && code[0] == 0 {
		return f.usual / 2
	}
	n := 0
	for i := range len(code) {
		n = n<<8 | int(code[i])
	}
	if w, ok := f.widths[n]; ok {
		return w
	}
	return f.usual
}

// decode returns the characters of a code; ok is false when nothing tells them.
func (f *font) decode(code string) (text string, ok bool) {
	if s, ok := f.known[code]; ok {
		return s, true
	}
	switch {
	case f.gbk:
		s, err := simplifiedchinese.GB18030.NewDecoder().String(code)
		return s, err == nil
	case f.utf16 && len(code) == 2:
		return fromUTF16(code), true
	case f.simple != nil:
		return f.simple.Decode(code), true
	}
	return "\uFFFD", false
}

func fromUTF16(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// toUnicode reads the table by which a document tells the characters of the codes of
// a font. Of a table with a mistake the part before it counts.
func (d *document) toUnicode(f pdf.Value) (known map[string]string) {
	known = map[string]string{}
	table := f.Key("ToUnicode")
	if table.Kind() != pdf.Stream {
		return known
	}
	if err := d.weigh(table); err != nil {
		panic(err)
	}
	defer func() { _ = recover() }() // what is not known is told as such
	pdf.Interpret(table, func(stk *pdf.Stack, op string) {
		args := make([]pdf.Value, stk.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stk.Pop()
		}
		switch op {
		case "findresource":
			stk.Push(f) // some dictionary for the program to write into
		case "endbfchar":
			for ; len(args) >= 2; args = args[2:] {
				known[args[0].RawString()] = fromUTF16(args[1].RawString())
			}
		case "endbfrange":
			for ; len(args) >= 3; args = args[3:] {
				addRange(known, args[0].RawString(), args[1].RawString(), args[2])
			}
		}
	})
	return known
}

// addRange adds the codes from one to another; their characters are a list, or
// follow each other.
func addRange(known map[string]string, from, to string, dst pdf.Value) {
	const most = 1 << 16 // codes of all ranges
	if len(from) != len(to) || len(from) < 1 || len(from) > 2 {
		return
	}
	number := func(s string) (n int) {
		for i := range len(s) {
			n = n<<8 | int(s[i])
		}
		return n
	}
	first := dst.RawString()
	for n := number(from); n <= number(to) && len(known) < most; n++ {
		code := string([]byte{byte(n >> 8), byte(n)})[2-len(from):]
		if dst.Kind() == pdf.Array {
			known[code] = fromUTF16(dst.Index(n - number(from)).RawString())
			continue
		}
		if len(first) < 2 {
			return
		}
		last := number(first[len(first)-2:]) + n - number(from)
		known[code] = fromUTF16(first[:len(first)-2] + string([]byte{byte(last >> 8), byte(last)}))
	}
}
