package asset

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"biandan/generator/diag"
)

// drawingElements are the elements of SVG that draw; none of them runs anything
// or brings in another document.
var drawingElements = words(`svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text tspan textPath
	linearGradient radialGradient stop clipPath mask pattern marker filter feBlend feColorMatrix feComposite feFlood feGaussianBlur feMerge
	feMergeNode feOffset feDropShadow image style switch view`)

func words(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		set[w] = true
	}
	return set
}

// CheckDrawing reports a drawing (SVG) that holds more than a drawing: a script
// or a foreign document in it would run in the reader's browser.
func CheckDrawing(file string, data []byte, bag *diag.Bag) bool {
	problem := drawingProblem(data)
	if problem != "" {
		bag.Addf(ruleNotImage, diag.Pos{File: file}, "“%s”%s", path.Base(file), problem)
	}
	return problem == ""
}

func drawingProblem(data []byte) string {
	d := xml.NewDecoder(bytes.NewReader(data))
	for first := true; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && !first {
			return ""
		}
		if err != nil {
			return "不是 SVG 图形，或者已经损坏"
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(t), []byte("ENTITY")) {
				return "里有实体定义，不能作为图片"
			}
		case xml.StartElement:
			if first && t.Name.Local != "svg" {
				return "不是 SVG 图形"
			}
			first = false
			if !drawingElements[t.Name.Local] {
				return "里有 <" + t.Name.Local + ">，不能作为图片"
			}
			for _, a := range t.Attr {
				if !safeAttribute(a) {
					return "里有 " + a.Name.Local + " 属性指向别处或者会运行程序，不能作为图片"
				}
			}
		case xml.CharData:
			if low := bytes.ToLower(t); bytes.Contains(low, []byte("@import")) || bytes.Contains(low, []byte("url(http")) {
				return "的样式引用了别处，不能作为图片"
			}
		}
	}
}

// safeAttribute reports whether an attribute neither runs anything nor leads
// out of the drawing.
func safeAttribute(a xml.Attr) bool {
	name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
	switch {
	case strings.HasPrefix(name, "on"):
		return false
	case name == "href" || name == "src":
		return strings.HasPrefix(value, "#") || strings.HasPrefix(value, "data:image/png") || strings.HasPrefix(value, "data:image/jpeg")
	}
	return !strings.Contains(value, "javascript:")
}
