package attachment

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"
)

// walker is told what an XML file consists of, by the names of elements without
// their name spaces.
type walker struct {
	open  func(e xml.StartElement) error
	close func(name string) error
	text  func(s string)
}

// walk goes through an XML file.
func walk(from io.Reader, w walker) error {
	d := xml.NewDecoder(from)
	d.Strict = false
	d.CharsetReader = charsetReader
	for depth := 0; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errTooLarge
			}
			err = w.open(t)
		case xml.EndElement:
			depth--
			err = w.close(t.Name.Local)
		case xml.CharData:
			w.text(string(t))
		}
		if err != nil {
			return err
		}
	}
}

// charsetReader reads the encodings beside UTF-8 in which XML is written here.
func charsetReader(label string, from io.Reader) (io.Reader, error) {
	label = strings.ToLower(label)
	switch {
	case strings.HasPrefix(label, "gb"):
		return simplifiedchinese.GB18030.NewDecoder().Reader(from), nil
	case strings.HasPrefix(label, "utf-16"):
		return xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM).NewDecoder().Reader(from), nil
	}
	return nil, fmt.Errorf("attachment: encoding %q", label)
}

// attr returns an attribute of an element.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
