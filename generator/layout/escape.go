package layout

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

var htmlType = reflect.TypeFor[template.HTML]()

// escaped prints a value through a chain of html/template's escapers: which ones
// they are says where in HTML the value stands.
func (b *body) escaped(n parse.Node, e expr, chain string) code {
	if e.typ == htmlType {
		if chain != "htmlescaper" {
			refuse(n, "HTML that is not in the text")
		}
		return printer(e, func(x *run, v reflect.Value) { x.raw(v.String()) })
	}
	format := formatter(n, e.typ)
	switch chain {
	case "htmlescaper", "rcdataescaper", "attrescaper":
		return printer(e, func(x *run, v reflect.Value) { x.escape(format(v)) })
	case "urlfilter urlnormalizer attrescaper":
		return printer(e, func(x *run, v reflect.Value) { x.url(filterURL(format(v)), &reserved) })
	case "urlfilter attrescaper": // where the page leads on by itself
		return printer(e, func(x *run, v reflect.Value) { x.escape(filterURL(format(v))) })
	case "urlnormalizer attrescaper":
		return printer(e, func(x *run, v reflect.Value) { x.url(format(v), &reserved) })
	case "urlescaper attrescaper":
		return printer(e, func(x *run, v reflect.Value) { x.url(format(v), &unreserved) })
	case "cssvaluefilter", "cssvaluefilter attrescaper":
		if isNumber(e.typ) {
			return printer(e, func(x *run, v reflect.Value) { x.escape(format(v)) })
		}
	}
	refuse(n, "escaped by "+chain)
	return nil
}

func (x *run) raw(s string) { x.page = append(x.page, s...) }

// escape adds a text, which is not HTML.
func (x *run) escape(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		if e := escapes[s[i]]; e != "" {
			x.page = append(append(x.page, s[from:i]...), e...)
			from = i + 1
		}
	}
	x.page = append(x.page, s[from:]...)
}

// escapes are those of html/template.
var escapes = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

func printer(e expr, print func(x *run, v reflect.Value)) code {
	return func(x *run, dot reflect.Value) bool {
		v := e.eval(x, dot)
		if !v.IsValid() {
			return false
		}
		print(x, v)
		return true
	}
}

func isNumber(t reflect.Type) bool { return t.Kind() == reflect.Int || t.Kind() == reflect.Float64 }

// formatter returns how a value is written as text.
func formatter(n parse.Node, t reflect.Type) func(reflect.Value) string {
	switch {
	case t == nil || t.PkgPath() == "html/template" || t.Implements(reflect.TypeFor[fmt.Stringer]()) || t.Implements(reflect.TypeFor[error]()):
	case t.Kind() == reflect.String:
		return reflect.Value.String
	case t.Kind() == reflect.Int:
		return func(v reflect.Value) string { return strconv.Itoa(int(v.Int())) }
	case t.Kind() == reflect.Float64:
		return func(v reflect.Value) string { return fmt.Sprint(v.Float()) }
	}
	refuse(n, "not a text or a number")
	return nil
}

// unsafeURL stands for an address that would run a program, as html/template has it.
const unsafeURL = "#ZgotmplZ"

func filterURL(s string) string {
	protocol, _, ok := strings.Cut(s, ":")
	if !ok || strings.Contains(protocol, "/") || strings.EqualFold(protocol, "https") || strings.EqualFold(protocol, "http") || strings.EqualFold(protocol, "mailto") {
		return s
	}
	return unsafeURL
}

// url adds an address, or a part of one, within a quoted attribute; the bytes that
// are not in plain are written as %xx.
func (x *run) url(s string, plain *[256]bool) {
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if plain[c] || c == '%' && plain == &reserved && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			continue
		}
		x.raw(s[from:i])
		from = i + 1
		switch {
		case c == '&' && plain == &reserved:
			x.raw("&amp;")
		case c == '+' && plain == &reserved:
			x.raw("&#43;")
		default:
			const digits = "0123456789abcdef"
			x.page = append(x.page, '%', digits[c>>4], digits[c&15])
		}
	}
	x.raw(s[from:])
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// The bytes that stand for themselves in a part of an address, and those that do
// so in a whole one (RFC 3986; & and + are written for HTML, the quote never).
var (
	unreserved = bytesOf("-._~")
	reserved   = bytesOf("-._~!#$*,/:;=?@[]")
)

func bytesOf(marks string) (t [256]bool) {
	for c := range 128 {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
		t[c] = letter || strings.IndexByte(marks, byte(c)) >= 0
	}
	return t
}
