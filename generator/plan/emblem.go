package plan

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"biandan/generator/diag"
)

var ruleEmblemForm = diag.Define(diag.Rule{Code: "E0706", Name: "党徽图样不合规定", Severity: diag.Error,
	Why: "《中国共产党党徽党旗条例》：党徽图案一般使用金黄色或者红色，不得添加文字、图形，不得变形", Mend: "换成县里核对过的标准图样：只用红色或金黄色，没有文字、滤镜和倾斜"})

// emblemColour is what a drawing of the emblem is painted with.
type emblemColour struct{ red, gold bool }

var colours = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)|\b(?:fill|stroke|stop-color)\s*[:=]\s*["']?([a-zA-Z]+)`)

// checkEmblem looks at the drawing of the Party emblem: red or golden, nothing
// added, nothing bent. A picture of pixels is taken as it is, to be seen on white.
func (b *Builder) checkEmblem(file string, data []byte, at diag.Pos) (golden bool) {
	if !strings.EqualFold(path.Ext(file), ".svg") {
		return false
	}
	painted, problem := emblemOf(data)
	if problem != "" {
		b.Bag.Addf(ruleEmblemForm, at, "党徽文件“%s”%s", path.Base(file), problem)
	}
	return painted.gold && !painted.red
}

func emblemOf(data []byte) (painted emblemColour, problem string) {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				return painted, "" // reported as no drawing
			}
			return painted, ""
		}
		t, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch t.Name.Local {
		case "text", "textPath", "image", "filter":
			return painted, "里有 <" + t.Name.Local + ">"
		}
		for _, a := range t.Attr {
			if problem := painted.look(a.Name.Local, a.Value); problem != "" {
				return painted, problem
			}
		}
	}
}

// look takes in an attribute.
func (c *emblemColour) look(name, value string) string {
	if name == "transform" && (strings.Contains(value, "skew") || strings.Contains(value, "matrix")) {
		return "里有倾斜变形（" + value + "）"
	}
	if name != "fill" && name != "stroke" && name != "stop-color" && name != "style" {
		return ""
	}
	if name != "style" {
		value = name + ":" + value
	}
	for _, m := range colours.FindAllStringSubmatch(value, -1) {
		word := m[0]
		if m[1] != "" {
			word = strings.ToLower(m[1])
		}
		switch hueOf(word) {
		case "red":
			c.red = true
		case "gold":
			c.gold = true
		case "other":
			return fmt.Sprintf("用了红色和金黄色以外的颜色（%s）", word)
		}
	}
	return ""
}

// hueOf says whether a colour is red, golden, another, or none at all ("").
func hueOf(word string) string {
	switch word {
	case "none", "transparent", "url", "inherit":
		return ""
	case "red", "crimson", "firebrick", "darkred":
		return "red"
	case "gold", "yellow", "goldenrod":
		return "gold"
	}
	r, g, b, ok := rgbOf(word)
	if !ok {
		return "other"
	}
	switch {
	case r >= 120 && g < r*2/5 && b < r*2/5:
		return "red"
	case r >= 160 && g >= r/2 && b < g*3/4:
		return "gold"
	}
	return "other"
}

func rgbOf(word string) (r, g, b int, ok bool) {
	if digits, ok := strings.CutPrefix(word, "#"); ok {
		if len(digits) == 3 {
			digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
		}
		if len(digits) < 6 {
			return 0, 0, 0, false
		}
		n, err := strconv.ParseUint(digits[:6], 16, 32)
		return int(n >> 16), int(n >> 8 & 255), int(n & 255), err == nil
	}
	if n, err := fmt.Sscanf(strings.NewReplacer("rgba", "rgb", " ", "").Replace(word), "rgb(%d,%d,%d", &r, &g, &b); n == 3 {
		return r, g, b, err == nil
	}
	return 0, 0, 0, false
}
