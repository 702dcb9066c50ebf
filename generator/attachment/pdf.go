package attachment

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ledongthuc/pdf"
)

// readPDF reads a PDF page by page. The library gives its objects and the operators
// of its pages; where they put which characters is found here ([canvas]), because a
// number is often written in several pieces that only their places join.
func (r *reader) readPDF(data []byte) {
	defer func() {
		if p := recover(); p != nil {
			r.failed("", asError(p))
		}
	}()
	data = tidyPDF(data)
	if err := r.boundPDF(data); err != nil {
		r.failed("", err)
		return
	}
	file := &metered{bytes.NewReader(data), 32<<20 + 16*int64(len(data))}
	d, err := pdf.NewReader(file, int64(len(data)))
	if err != nil {
		if errors.Is(err, pdf.ErrInvalidPassword) || strings.Contains(err.Error(), "encrypt") {
			r.unread("", whyEncrypted)
			return
		}
		r.failed("", err)
		return
	}
	p := &document{reader: r, fonts: map[string]*font{}, told: len(r.text.Unread)}
	p.readPages(d.Trailer().Key("Root").Key("Pages"), pdf.Value{}, 0)
	p.sumUp()
}

// sumUp says of all pages at once that they are scans.
func (d *document) sumUp() {
	if d.written > 0 || d.number == 0 {
		return
	}
	all := d.text.Unread
	d.text.Unread = append(all[:d.told:d.told], slices.DeleteFunc(slices.Clone(all[d.told:]), func(u Unread) bool { return u.Why == whyScan })...)
	if len(d.text.Unread) == d.told {
		d.unread("", whyScan)
	}
}

// tidyPDF makes a PDF look as the library wants it: with a known version, and with
// nothing behind its end.
func tidyPDF(data []byte) []byte {
	if i := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-")); i > 0 {
		data = data[i:]
	}
	if i := bytes.LastIndex(data, []byte("%%EOF")); i > 0 {
		data = data[:i+len("%%EOF")]
	}
	data = bytes.Clone(data)
	copy(data, "%PDF-1.7\n")
	return data
}

var (
	sizesOfPDF = regexp.MustCompile(`/(?:Size|Columns)\s+(\d+)`)
	listsOfPDF = regexp.MustCompile(`/(?:ObjStm|XRef)\b`)
)

// boundPDF looks at what the library would unpack, or make room for, without asking.
func (r *reader) boundPDF(data []byte) error {
	for _, m := range sizesOfPDF.FindAllSubmatch(data, -1) {
		if n, err := strconv.Atoi(string(m[1])); err != nil || n > len(data)+1<<16 {
			return errTooLarge
		}
	}
	const most = 16 << 20 // of one list of objects
	for _, m := range listsOfPDF.FindAllIndex(data, -1) {
		_, stream, ok := bytes.Cut(data[m[1]:], []byte("stream"))
		if !ok {
			break
		}
		z, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(stream[:min(len(stream), most)], "\r\n")))
		if err != nil {
			continue // the library will say what is wrong
		}
		if n, _ := io.Copy(io.Discard, io.LimitReader(r.limit(z), most)); n == most || r.left <= 0 {
			return errTooLarge
		}
	}
	return nil
}

// metered ends what reads a file again and again, as a circle in it makes one do.
type metered struct {
	*bytes.Reader
	left int64
}

func (m *metered) ReadAt(p []byte, at int64) (int, error) {
	if m.left -= int64(len(p)); m.left < 0 {
		panic(errTooLarge)
	}
	return m.Reader.ReadAt(p, at)
}

func asError(p any) error {
	if err, ok := p.(error); ok {
		return err
	}
	return fmt.Errorf("attachment: %v", p)
}

// document is a PDF that is being read.
type document struct {
	*reader
	fonts   map[string]*font // by the number of the object
	number  int              // of the page
	nodes   int              // of the tree of pages
	written int              // pages with text
	told    int              // of what is unread, when it began
}

// readPages goes through the tree of pages.
func (d *document) readPages(node, resources pdf.Value, depth int) {
	const deepest, most = 40, 4 * maxPages
	if d.nodes++; depth > deepest || d.nodes > most {
		d.unread("", whyTooLarge)
		return
	}
	if own := node.Key("Resources"); own.Kind() == pdf.Dict {
		resources = own
	}
	kids := node.Key("Kids")
	if kids.Kind() != pdf.Array {
		d.readPage(node, resources)
		return
	}
	for i := range kids.Len() {
		if d.pages >= maxPages {
			d.unread(fmt.Sprintf("第 %d 页以后", d.number), whyTooLarge)
			return
		}
		d.readPages(kids.Index(i), resources, depth+1)
	}
}

// readPage reads a page, its notes and what was filled into its forms.
func (d *document) readPage(page, resources pdf.Value) {
	d.number, d.pages = d.number+1, d.pages+1
	where := fmt.Sprintf("第 %d 页", d.number)
	c := &canvas{document: d}
	if err := c.draw(page, resources); err != nil {
		d.failed(where, err)
	}
	lines := c.lines()
	if len(lines) > 0 {
		d.written++
	}
	d.add(where, lines...)
	d.add(where, c.rows(lines)...)
	switch {
	case c.unknown > mostUnknown:
		d.unread(where, whyGlyphs)
	case len(lines) == 0 && c.pictures > 0:
		d.unread(where, whyScan)
	}
}

// mostUnknown is the number of glyphs of a page that may be marks before lists and
// the like, which nobody misses.
const mostUnknown = 8

// draw runs the operators of a page.
func (c *canvas) draw(page, resources pdf.Value) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = asError(p)
		}
	}()
	c.run(page.Key("Contents"), resources, 0)
	notes := page.Key("Annots")
	for i := range notes.Len() {
		note := notes.Index(i)
		for _, key := range []string{"Contents", "V"} {
			if s := note.Key(key); s.Kind() == pdf.String {
				c.pieces = append(c.pieces, piece{text: s.Text(), alone: true})
			}
		}
		if look := note.Key("AP").Key("N"); look.Kind() == pdf.Stream {
			c.gs = fresh
			c.run(look, look.Key("Resources"), 1)
		}
	}
	return nil
}

// weigh counts what a stream unpacks to, before the library reads all of it.
func (d *document) weigh(v pdf.Value) error {
	if v.Kind() == pdf.Array {
		for i := range v.Len() {
			if err := d.weigh(v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
	if v.Kind() != pdf.Stream {
		return nil
	}
	const most = 16 << 20 // of one page
	n, err := io.Copy(io.Discard, io.LimitReader(d.limit(v.Reader()), most))
	if n == most || errors.Is(err, errTooLarge) {
		return errTooLarge
	}
	return nil
}
