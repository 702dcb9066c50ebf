package attachment

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// readOFD reads a document of the national format for layouts (GB/T 33190), in which
// offices exchange what others would send as PDF. A page is a list of texts at
// places; those of one line mostly stand in one element.
func (p *pack) readOFD() {
	number := 0
	for _, name := range p.like("*/Pages/*/Content.xml", "*/Tpls/*/Content.xml", "*/Annots/*/*.xml") {
		number++
		where := fmt.Sprintf("第 %d 页", number)
		from := p.open(where, name)
		if from == nil {
			continue
		}
		var lines []string
		var text strings.Builder
		inText := false
		err := walk(from, walker{
			open: func(e xml.StartElement) error {
				inText = e.Name.Local == "TextCode"
				return nil
			},
			close: func(name string) error {
				inText = false
				if name == "TextObject" {
					lines = append(lines, text.String())
					text.Reset()
					return p.count()
				}
				return nil
			},
			text: func(s string) {
				if inText {
					text.WriteString(s)
				}
			},
		})
		if err != nil {
			p.failed(where, err)
		}
		if len(lines) == 0 {
			p.unread(where, whyScan)
		}
		p.add(where, lines...)
	}
}
