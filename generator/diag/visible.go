package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Visible shows as escapes what a value of the content may not do to a terminal or
// to the log of a CI: end a line, colour or delete what stands there, turn its order
// around, hide. In a line of Chinese text there is none of it.
func Visible(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, unseen) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02X`, s[0])
		case short[r] != "":
			b.WriteString(short[r])
		case unseen(r) && r > 0xFFFF:
			fmt.Fprintf(&b, `\U%08X`, r)
		case unseen(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}

// short are escapes as TOML has them, too.
var short = map[rune]string{'\n': `\n`, '\r': `\r`, '\t': `\t`}

// unseen reports control characters, those that only format, and ends of lines.
func unseen(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}

// Printf is [fmt.Fprintf] for all that people read: each text among the arguments is
// made [Visible]. Only the format can end a line or choose a colour.
func Printf(w io.Writer, format string, args ...any) error {
	shown := make([]any, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case error:
			a = Visible(v.Error())
		case fmt.Stringer:
			a = Visible(v.String())
		default:
			if v := reflect.ValueOf(a); v.Kind() == reflect.String {
				a = Visible(v.String())
			}
		}
		shown[i] = a
	}
	_, err := fmt.Fprintf(w, format, shown...)
	return err
}

// PrintJSON prints v as JSON for programs. What [Visible] escapes is escaped as JSON
// does, so that nothing is lost and a terminal is safe, too.
func PrintJSON(w io.Writer, v any) error {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	text := out.Bytes()
	if bytes.ContainsFunc(text, inJSON) {
		var b []byte
		for _, r := range string(text) {
			switch {
			case !inJSON(r):
				b = utf8.AppendRune(b, r)
			case r > 0xFFFF:
				high, low := utf16.EncodeRune(r)
				b = fmt.Appendf(b, `\u%04x\u%04x`, high, low)
			default:
				b = fmt.Appendf(b, `\u%04x`, r)
			}
		}
		text = b
	}
	_, err := w.Write(text)
	return err
}

// inJSON reports what the library leaves as it is inside of strings.
func inJSON(r rune) bool { return r != '\n' && unseen(r) }
