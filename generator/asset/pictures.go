package asset

import (
	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
)

// Pictures prepares the pictures of a site and remembers what it made of which
// bytes, and which bytes a file has while the disk tells that nobody has written it
// since. A picture with a finding is not remembered, so that it is found again.
type Pictures struct {
	dir    *cache.Dir         // nil: no cache
	verify bool               // prepare each again, and compare
	last   map[string]picture // by path, as the build before knew them
	now    []picture

	Prepared int      // pictures that had to be made
	Differ   []string // files of which the cache remembers something else
}

// picture is what is remembered of a file that is one.
type picture struct {
	Path   string
	Size   int64
	Stamp  uint64 // 0: written too lately to tell
	Source digest.Sum
}

const (
	picturesName  = "pictures"
	picturePrefix = "picture-"
)

// NewPictures returns pictures that are remembered in dir, which may be nil; with
// verify, what is remembered is only compared.
func NewPictures(dir *cache.Dir, verify bool) *Pictures {
	p := &Pictures{dir: dir, verify: verify, last: map[string]picture{}}
	var list []picture
	if dir != nil && dir.Load(picturesName, &list) {
		for _, known := range list {
			p.last[known.Path] = known
		}
	}
	return p
}

// Known returns what was made of a file that nobody has written since, without a
// look into it.
func (p *Pictures) Known(f source.File) (img Image, ok bool) {
	known := p.last[f.Path]
	if p.verify || known.Stamp == 0 || known.Stamp != f.Stamp || known.Size != f.Size || !p.load(known.Source, &img) {
		return Image{}, false
	}
	p.now = append(p.now, known)
	return img, true
}

func (p *Pictures) load(sum digest.Sum, img *Image) bool {
	return p.dir != nil && p.dir.Load(picturePrefix+sum.String(), img)
}

// Prepare is [PrepareImage] for a file with these bytes, or what it returned for them before.
func (p *Pictures) Prepare(f source.File, data []byte, bag *diag.Bag) (img Image, ok bool) {
	now := picture{f.Path, f.Size, 0, digest.Bytes(data)}
	if p.dir != nil && p.dir.Settled(f.ModTime) {
		now.Stamp = f.Stamp
	}
	var known Image
	found := p.load(now.Source, &known)
	if found && !p.verify {
		p.now = append(p.now, now)
		return known, true
	}
	p.Prepared++
	img, ok = PrepareImage(f.Path, data, bag)
	if found && (!ok || string(known.Data) != string(img.Data)) {
		p.Differ = append(p.Differ, f.Path)
	}
	if ok && p.dir != nil && p.dir.Save(picturePrefix+now.Source.String(), img) == nil {
		p.now = append(p.now, now)
	}
	return img, ok
}

// Keep writes down for the next build which files were looked at. A failure costs
// only time.
func (p *Pictures) Keep() {
	changed := len(p.now) != len(p.last)
	for _, f := range p.now {
		changed = changed || p.last[f.Path] != f
	}
	if p.dir != nil && changed {
		p.dir.Save(picturesName, p.now)
	}
}
