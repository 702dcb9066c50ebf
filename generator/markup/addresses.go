package markup

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// looseLink is a link or a picture whose path has blanks: [附件1 报名表](附件1 报名表.docx).
type looseLink struct{}

func (looseLink) Trigger() []byte { return []byte{'!', '['} }

var loose = regexp.MustCompile(`^(!?)\[([^\[\]\n]*)\]\(([^()<>"\n]*[^\s()<>"][ \x{3000}\x{00A0}]+[^()<>"\n]*\.[A-Za-z0-9]{1,5}(?:#[^\s()<>"]*)?)\)`)

func (looseLink) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	_, path, found := bytes.Cut(line, []byte("]("))
	if path, _, _ = bytes.Cut(path, []byte(")")); !found || !bytes.ContainsAny(path, " \u3000\u00a0") { // nearly always
		return nil
	}
	m := loose.FindSubmatchIndex(line)
	if m == nil || pc.IsInLinkLabel() {
		return nil
	}
	link := ast.NewLink()
	link.Destination = bytes.TrimSpace(line[m[6]:m[7]])
	at := segment.Start - segment.Padding
	if m[5] > m[4] {
		link.AppendChild(link, ast.NewTextSegment(text.NewSegment(at+m[4], at+m[5])))
	}
	block.Advance(m[1])
	link.SetPos(segment.Start)
	if m[3] == m[2] {
		return link
	}
	image := ast.NewImage(link)
	image.SetPos(segment.Start)
	return image
}

// address is one in a sentence, also with Chinese folders in its path. A Chinese word
// right behind Latin letters is no part of it.
var address = regexp.MustCompile(`(?:https?://|www\.)[A-Za-z0-9.-]+\.[A-Za-z0-9-]+(?::\d{1,5})?(?:(?:/\p{Han}[\p{Han}\w.%-]*|[/?#])[\x21\x23-\x2e\x30-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]*)*`)

// tail is punctuation that ends a sentence and not an address.
const tail = "?!.,:;*_~'"

// findAddress returns the first address in a text, also after a colon or a Chinese
// letter; start is -1 when there is none.
func findAddress(s []byte) (start, stop int) {
	if !bytes.Contains(s, []byte("://")) && !bytes.Contains(s, []byte("www.")) { // nearly always
		return -1, -1
	}
	for from := 0; ; {
		m := address.FindIndex(s[from:])
		if m == nil {
			return -1, -1
		}
		start, stop = from+m[0], from+m[1]
		from = start + 1
		for stop > start {
			c := s[stop-1]
			if strings.IndexByte(tail, c) < 0 && (c != ')' || bytes.Count(s[start:stop], []byte("(")) >= bytes.Count(s[start:stop], []byte(")"))) {
				break
			}
			stop--
		}
		if entity := entityAtEnd.FindIndex(s[start:stop]); entity != nil && stop < len(s) && s[stop] == ';' {
			stop = start + entity[0]
		}
		dots := bytes.Count(s[start:stop], []byte("."))
		inWord := start > 0 && (s[start-1] < utf8.RuneSelf && strings.IndexByte("_/.@-<", s[start-1]) >= 0 || isLatin(s[start-1]))
		if !inWord && dots > 0 && (s[start] == 'h' || dots > 1) {
			return start, stop
		}
	}
}

// entityAtEnd is an entity such as &hl; that ends a sentence.
var entityAtEnd = regexp.MustCompile(`(?:&[A-Za-z0-9]+)+$`)

func isLatin(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' }

// linkAddresses makes links of the addresses in the texts below a node.
func linkAddresses(n ast.Node, body []byte) {
	for c := n.FirstChild(); c != nil; {
		t, ok := c.(*ast.Text)
		if !ok || t.IsRaw() {
			switch c.Kind() {
			case ast.KindLink, ast.KindImage, ast.KindAutoLink, ast.KindCodeSpan:
			default:
				linkAddresses(c, body)
			}
			c = c.NextSibling()
			continue
		}
		last := t
		for !last.SoftLineBreak() && !last.HardLineBreak() {
			next, ok := last.NextSibling().(*ast.Text)
			if !ok || next.IsRaw() || next.Segment.Start != last.Segment.Stop {
				break
			}
			last = next
		}
		c = last.NextSibling()
		split(n, t, last, body)
	}
}

// split replaces the texts from first to last, which lie side by side, by texts and
// links, when there is an address in them.
func split(parent ast.Node, first, last *ast.Text, body []byte) {
	from, end := first.Segment.Start, last.Segment.Stop
	start, stop := findAddress(body[from:end])
	if start < 0 {
		return
	}
	soft, hard := last.SoftLineBreak(), last.HardLineBreak()
	after := last.NextSibling()
	for c := ast.Node(first); c != after; {
		next := c.NextSibling()
		parent.RemoveChild(parent, c)
		c = next
	}
	insert := func(x ast.Node) {
		if after == nil {
			parent.AppendChild(parent, x)
		} else {
			parent.InsertBefore(parent, after, x)
		}
	}
	for ; start >= 0; start, stop = findAddress(body[from:end]) {
		if start > 0 {
			insert(ast.NewTextSegment(text.NewSegment(from, from+start)))
		}
		link := ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(from+start, from+stop)))
		if body[from+start] == 'w' {
			link.Protocol = []byte("http")
		}
		link.SetPos(from + start)
		insert(link)
		from += stop
	}
	rest := ast.NewTextSegment(text.NewSegment(from, end))
	rest.SetSoftLineBreak(soft)
	rest.SetHardLineBreak(hard)
	insert(rest)
}
