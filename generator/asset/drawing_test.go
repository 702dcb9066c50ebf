package asset

import (
	"encoding/base64"
	"fmt"
	"image/color"
	"strings"
	"testing"

	"biandan/generator/diag"
)

// TestDrawingsAreFreedOfWhatIsNotSeen wants no metadata, comments and names of
// files in a drawing that is published, and no photograph that tells its place.
func TestDrawingsAreFreedOfWhatIsNotSeen(t *testing.T) {
	const svg = `<?xml version="1.0"?><!-- CANARY --><svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:export-filename="C:\Users\CANARY\a.png">
<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">CANARY</rdf:RDF></metadata>%s<path d="M0 0h10v10z"/></svg>`
	embedded := func(jpg []byte) string {
		return fmt.Sprintf(svg, `<image href="data:image/jpeg;base64,`+base64.StdEncoding.EncodeToString(jpg)+`"/>`)
	}
	jpg := asJPEG(t, flag(color.Black))
	for _, c := range []struct {
		name, text, want string
	}{
		{"metadata", fmt.Sprintf(svg, `<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" id="CANARY"/>`), ""},
		{"picture", embedded(jpg), ""},
		{"photograph", embedded(behindStart(jpg, segment(0xE1, []byte("Exif\x00\x00GPSCANARY")))), "带拍摄信息"},
		{"script of another name", `<svg xmlns="http://www.w3.org/2000/svg"><metadata><x:script xmlns:x="http://www.w3.org/2000/svg"/></metadata></svg>`, "<script>"},
		{"page", `<svg xmlns="http://www.w3.org/2000/svg"><div xmlns="http://www.w3.org/1999/xhtml"/></svg>`, "<div>"},
		{"style that refers elsewhere", `<svg xmlns="http://www.w3.org/2000/svg"><style>path{fill:url( "//x.cn/a.svg#b")}</style></svg>`, "引用了别处"},
		{"style with an escape", `<svg xmlns="http://www.w3.org/2000/svg"><style>path{fill:u\72l(https://x.cn)}</style></svg>`, "引用了别处"},
		{"style of its own", fmt.Sprintf(svg, `<g style="fill:url(#p);filter:url('#f')"/>`), ""},
		{"attribute that refers elsewhere", `<svg xmlns="http://www.w3.org/2000/svg"><path fill="url(https://x.cn/a#b)"/></svg>`, "指向别处"},
		{"style sheet of its own", `<?xml-stylesheet href="https://x.cn/a.css"?><svg xmlns="http://www.w3.org/2000/svg"/>`, "xml-stylesheet"},
		{"list of attributes", `<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]><svg xmlns="http://www.w3.org/2000/svg"/>`, "实体定义"},
		{"doctype", "<!DOCTYPE svg [ <!-- CANARY --> ]>" + fmt.Sprintf(svg, ""), "实体定义"},
	} {
		bag := &diag.Bag{}
		ok := CheckDrawing("a.svg", []byte(c.text), bag)
		small := string(Minify("a.svg", []byte(c.text), bag))
		l := bag.List()
		if ok != (c.want == "") || ok && (len(l) > 0 || strings.Contains(small, "CANARY") || !strings.Contains(small, "M0 0h10v10z")) || !ok && !strings.Contains(l[0].Message, c.want) {
			t.Errorf("%s: %v\n%s", c.name, l, small)
		}
	}
}

// TestDrawingsKeepTheirPlace wants the size of a drawing, or its shape.
func TestDrawingsKeepTheirPlace(t *testing.T) {
	for head, want := range map[string][2]int{
		`width="40" height="20"`:                            {40, 20},
		`width="40px" height="20.4px" viewBox="0 0 1 1"`:    {40, 20},
		`width="25.4mm" height="1in"`:                       {96, 96},
		`viewBox="0 0 200 100"`:                             {1600, 800},
		`width="100%" height="100%" viewBox="0,0,200,50.0"`: {1600, 400},
		`width="100%"`:                                      {0, 0},
		`viewBox="0 0 0 5"`:                                 {0, 0},
		`width="9" height="1e99"`:                           {0, 0},
		``:                                                  {0, 0},
	} {
		if w, h := DrawingSize([]byte(`<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg" ` + head + `><g/></svg>`)); want != [2]int{w, h} {
			t.Errorf("%s: %d × %d", head, w, h)
		}
	}
}
