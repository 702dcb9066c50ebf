package asset

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"path"
	"regexp"
	"strconv"
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
	inStyle := false
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
			if bytes.ContainsRune(t, '[') { // what stands there is published as it is
				return "里有实体定义，不能作为图片"
			}
		case xml.ProcInst:
			if t.Target != "xml" { // xml-stylesheet brings in another file
				return "里有 <?" + t.Target + "?>，不能作为图片"
			}
		case xml.StartElement:
			if first && t.Name.Local != "svg" {
				return "不是 SVG 图形"
			}
			first, inStyle = false, t.Name.Local == "style"
			if !drawingElements[t.Name.Local] && !idle(t.Name.Space) {
				return "里有 <" + t.Name.Local + ">，不能作为图片"
			}
			for _, a := range t.Attr {
				if !safeAttribute(a) {
					return "里有 " + a.Name.Local + " 属性指向别处或者会运行程序，不能作为图片"
				}
				if toldInside(a.Value) {
					return "里嵌着带拍摄信息（如位置）的照片；先把照片另存为不带这些信息的，再放进图形里"
				}
			}
		case xml.EndElement:
			inStyle = false
		case xml.CharData:
			if inStyle && leadsOut(string(t)) {
				return "的样式引用了别处，不能作为图片"
			}
		}
	}
}

// idle reports whether a browser does nothing with the elements of a space of names:
// drawing programs write down in them how they were set. They are not published.
func idle(space string) bool {
	return space != "" && space != "http://www.w3.org/2000/svg" && space != "http://www.w3.org/1999/xhtml" && space != "http://www.w3.org/1998/Math/MathML"
}

// toldInside reports whether an attribute is a picture that has metadata, or one that
// cannot be looked into.
func toldInside(value string) bool {
	head, data, inside := strings.Cut(strings.TrimSpace(value), ",")
	if !inside || !strings.HasPrefix(strings.ToLower(head), "data:image/") {
		return false
	}
	picture, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data), ""))
	return err != nil || lookAt(kindOf(picture), picture).told
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
	return !strings.Contains(value, "javascript:") && !leadsOut(value)
}

// reference is what a style refers to: url(#pattern), url("https://…").
var reference = regexp.MustCompile(`url\(\s*["']?\s*([^"')]*)`)

// leadsOut reports whether a style, or an attribute that may hold one, brings in
// something from outside the drawing, or hides what it does.
func leadsOut(style string) bool {
	low := strings.ToLower(style)
	if strings.Contains(low, "@import") || strings.Contains(low, "\\") && strings.ContainsAny(low, "(@") || strings.Contains(low, "image-set(") || strings.Contains(low, "expression(") {
		return true
	}
	for _, m := range reference.FindAllStringSubmatch(low, -1) {
		if to := strings.TrimSpace(m[1]); !strings.HasPrefix(to, "#") && !strings.HasPrefix(to, "data:image/png") && !strings.HasPrefix(to, "data:image/jpeg") {
			return true
		}
	}
	return false
}

// inPixels are the units in which a drawing may give its size.
var inPixels = map[string]float64{"": 1, "px": 1, "pt": 96.0 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}

// length is a number with its unit.
var length = regexp.MustCompile(`^([0-9]*\.?[0-9]+)([a-z]*)$`)

// DrawingSize returns the size of a drawing in pixels, so that a page can keep its
// place free; one that says only its shape is as wide as a page. It is 0 where the
// drawing says nothing.
func DrawingSize(data []byte) (width, height int) {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err != nil {
			return 0, 0
		}
		root, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		var w, h float64
		var box []string
		for _, a := range root.Attr {
			switch a.Name.Local {
			case "width":
				w = pixels(a.Value)
			case "height":
				h = pixels(a.Value)
			case "viewBox":
				box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' })
			}
		}
		if (w == 0 || h == 0) && len(box) == 4 {
			if bw, bh := pixels(box[2]), pixels(box[3]); bw > 0 {
				w, h = pageWidth, pageWidth*bh/bw
			}
		}
		if width, height = int(math.Round(min(w, 1<<15))), int(math.Round(min(h, 1<<15))); width == 0 || height == 0 {
			return 0, 0
		}
		return width, height
	}
}

func pixels(s string) float64 {
	m := length.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return 0
	}
	n, _ := strconv.ParseFloat(m[1], 64) // a number of digits
	return n * inPixels[m[2]]
}
