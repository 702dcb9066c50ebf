package plan

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"biandan/generator/asset"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/markup"
	"biandan/generator/source"
)

// suggestPicture names the picture in the same folder that was meant; on Windows
// photo.JPG and photo.jpg are the same, on the web they are not.
func (p *Page) suggestPicture(plain string) string {
	var known []string
	for _, f := range p.snapshot.Files(path.Dir(plain)) {
		if path.Dir(f.Path) == path.Dir(plain) && !ledger.IsContent(f.Path) {
			known = append(known, path.Base(f.Path))
		}
	}
	return diag.DidYouMean(path.Base(plain), known, "把图片放在文章旁边，路径写相对的文件名")
}

// resolveImage returns the address of a picture, with its size and with its copies for
// narrow screens; late says that it may be loaded when a reader comes near it.
func (p *Page) resolveImage(file string, h markup.Hole, late bool, bag *diag.Bag) string {
	plain, ok := ContentPath(file, h.Dest)
	if !ok {
		plain = h.Dest
	}
	f := p.contentFile(plain, file)
	if !f.ok {
		if !p.snapshot.Has(plain) {
			bag.Add(ruleDeadLink, h.Pos(file), fmt.Sprintf("图片“%s”不存在", h.Dest), cmp.Or(p.respelled(file, h.Dest), p.suggestPicture(plain)))
		}
		return ""
	}
	if !f.picture {
		name := path.Base(plain)
		bag.Add(ruleNoPicture, h.Pos(file), fmt.Sprintf("“%s”不是图片，网页上显示不出来", name), fmt.Sprintf("去掉前面的感叹号，写成链接：[文字](%s)", h.Dest))
		return ""
	}
	f.shown.Store(true)
	return p.picture(strings.TrimPrefix(plain, source.ContentDir+"/"), f.file, p.copiesOf(plain, f.copies), late)
}

// textWidth is how wide a picture is shown in a text, as the theme has it.
const textWidth = "(min-width:706px) 666px,100vw"

// picture writes the attributes of a picture of the site, but for the last quote. Paper
// shows it in its full size, and all at once.
func (p *Page) picture(to string, f file, copies []asset.Copy, late bool) string {
	paper := isSheet(p.layout)
	out := markup.EscapeURL(p.URL(to))
	if len(copies) > 0 && !paper {
		full := out
		out += `" srcset="`
		for _, c := range slices.Backward(copies) {
			out += fmt.Sprintf("%s %dw, ", markup.EscapeURL(p.URL(copyPath(to, c.Width))), c.Width)
		}
		out += fmt.Sprintf(`%s %dw" sizes="%s`, full, f.width, textWidth)
	}
	if f.width > 0 {
		out += fmt.Sprintf(`" width="%d" height="%d`, f.width, f.height)
	}
	if paper {
		return out
	}
	if late {
		out += `" loading="lazy`
	}
	return out + `" decoding="async`
}
