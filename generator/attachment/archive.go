package attachment

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"slices"
	"strings"

	"biandan/generator/source"
)

// readZip reads an archive: a document of an office program, which is one, or files
// that somebody has packed.
func (r *reader) readZip(data []byte) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		r.unread("", whyBroken)
		return
	}
	if len(z.File) > maxFiles {
		r.unread("", whyTooLarge)
		return
	}
	p := &pack{reader: r, files: z.File}
	switch {
	case p.has("word/document.xml"):
		p.readWord()
	case p.has("xl/workbook.xml"):
		p.readExcel()
	case p.has("ppt/presentation.xml"):
		p.readSlides()
	case p.has("OFD.xml"):
		p.readOFD()
	case p.has("content.xml"):
		p.readOpenDocument()
	case p.has("xl/workbook.bin"):
		r.unread("", whyBinary) // .xlsb
	case r.within != "":
		r.unread("", whyNested)
	default:
		p.readMembers()
	}
}

// pack is an archive that is being read.
type pack struct {
	*reader
	files []*zip.File
}

func (p *pack) has(name string) bool {
	return slices.ContainsFunc(p.files, func(f *zip.File) bool { return f.Name == name })
}

// like returns the names of the files that match one of some patterns (path.Match),
// in the order of their numbers: slide2.xml before slide10.xml.
func (p *pack) like(patterns ...string) (names []string) {
	for _, pattern := range patterns {
		from := len(names)
		for _, f := range p.files {
			if ok, err := path.Match(pattern, f.Name); ok && err == nil {
				names = append(names, f.Name)
			}
		}
		slices.SortFunc(names[from:], func(a, b string) int {
			if len(a) != len(b) {
				return len(a) - len(b)
			}
			return strings.Compare(a, b)
		})
	}
	return names
}

// open opens a file of the archive; what is unpacked is counted. It returns nil for
// one that is not there, and says so of one that cannot be opened.
func (p *pack) open(where, name string) io.Reader {
	for _, f := range p.files {
		if f.Name != name {
			continue
		}
		if f.Flags&1 != 0 {
			p.unread(where, whyEncrypted)
			return nil
		}
		rc, err := f.Open()
		if err != nil {
			p.unread(where, whyBroken)
			return nil
		}
		return p.limit(rc) // closing it frees nothing
	}
	return nil
}

// readMembers reads the files that somebody has packed, each as an attachment.
func (p *pack) readMembers() {
	for _, f := range p.files {
		name := f.Name
		if f.NonUTF8 {
			name = source.Legible([]byte(name))
		}
		if strings.HasSuffix(name, "/") || source.Hidden(path.Base(name)) || strings.HasPrefix(name, "__MACOSX/") || IsMedia(name) || isPicture(name) {
			continue
		}
		within := "压缩包里的“" + name + "”"
		from := p.open(within, f.Name)
		if from == nil {
			continue
		}
		data, err := io.ReadAll(from)
		if err != nil {
			p.failed(within, err)
			continue
		}
		p.within = within
		p.read(name, data)
		p.within = ""
	}
}

// isPicture reports whether a name is that of a picture; on pages nobody reads those
// either.
func isPicture(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif":
		return true
	}
	return false
}
