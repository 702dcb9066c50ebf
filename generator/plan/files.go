package plan

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"biandan/generator/asset"
	"biandan/generator/attachment"
	"biandan/generator/diag"
	"biandan/generator/ledger"
	"biandan/generator/source"
)

var ruleHiddenParts = diag.Define(diag.Rule{Code: "E0508", Name: "附件里有看不见的内容", Severity: diag.Warning, Tunable: true,
	Why:  "批注、修订、隐藏的工作表、作者的名字，读者一打开就能翻出来；文档属性里的作者和单位，生成时已经去掉",
	Mend: "在 Word、WPS 里接受修订、删掉批注和隐藏的工作表，再另存一份；PDF 由去掉作者的文档重新导出"})

// file is a content file that is published because a page refers to it.
type file struct {
	data          []byte
	picture       bool // it can be shown
	pixels        bool // and is made of pixels
	width, height int  // of a picture
	copies        []asset.Copy
	ok            bool
}

// waited is a content file that the first who asks for it prepares.
type waited struct {
	once  sync.Once
	shown atomic.Bool // it stands in a text as a picture
	file
}

// contentFile prepares a content file that is to be published, once; user is the
// file of the page that refers to it.
func (b *Builder) contentFile(p, user string) *waited {
	b.mu.Lock()
	if !slices.Contains(b.users[p], user) {
		b.users[p] = append(b.users[p], user)
	}
	f := b.files[p]
	if f == nil {
		f = &waited{}
		b.files[p] = f
	}
	b.mu.Unlock()
	f.once.Do(func() { f.file = b.prepared(p) })
	return f
}

func (b *Builder) prepared(p string) (f file) {
	input, ok := b.snapshot.File(p)
	if !ok || !strings.HasPrefix(p, source.ContentDir+"/") || ledger.IsContent(p) {
		return f
	}
	if img, ok := b.pictures.Known(input); ok {
		return fileOfPicture(img, true)
	}
	f.data, f.ok = b.snapshot.Bytes(p, b.Bag)
	switch {
	case !f.ok:
	case asset.IsPicture(p, f.data):
		return fileOfPicture(b.pictures.Prepare(input, f.data, b.Bag))
	case strings.EqualFold(path.Ext(p), ".svg"):
		f.ok, f.picture = asset.CheckDrawing(p, f.data, b.Bag), true
		f.width, f.height = asset.DrawingSize(f.data)
		f.data = asset.Minify(p, f.data, b.Bag)
	default:
		if f.ok = asset.CheckAttachment(p, f.data, b.Bag); f.ok {
			var hidden []string
			if f.data, hidden = attachment.Strip(f.data); hidden != nil {
				b.Bag.Addf(ruleHiddenParts, diag.Pos{File: p}, "附件“%s”里还有%s", path.Base(p), strings.Join(hidden, "、"))
			}
		}
	}
	return f
}

func fileOfPicture(img asset.Image, ok bool) file {
	return file{data: img.Data, picture: true, pixels: true, width: img.Width, height: img.Height, copies: img.Copies, ok: ok}
}

// copyPath is the path of a copy of a picture, beside it.
func copyPath(p string, width int) string {
	ext := path.Ext(p)
	return fmt.Sprintf("%s.%dw%s", strings.TrimSuffix(p, ext), width, ext)
}

// copiesOf are the copies of a picture of the content that are published: one whose
// name is taken is not.
func (b *Builder) copiesOf(p string, copies []asset.Copy) []asset.Copy {
	return slices.DeleteFunc(slices.Clone(copies), func(c asset.Copy) bool { return b.snapshot.Has(copyPath(p, c.Width)) })
}

// addFiles plans the content files that pages refer to.
func (b *Builder) addFiles() {
	for _, p := range slices.Sorted(maps.Keys(b.files)) {
		f := b.files[p]
		if !f.ok {
			continue
		}
		out := strings.TrimPrefix(p, source.ContentDir+"/")
		b.addBytes(out, p, func() []byte { return f.data })
		if !f.shown.Load() {
			continue
		}
		for _, c := range b.copiesOf(p, f.copies) {
			b.addBytes(copyPath(out, c.Width), p, func() []byte { return c.Data })
		}
	}
}
