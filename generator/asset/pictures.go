package asset

import (
	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
)

// Pictures prepares the pictures of a site and remembers what it made of which
// bytes. A picture with a finding is not remembered, so that it is found again.
type Pictures struct {
	dir    *cache.Dir // nil: no cache
	verify bool       // prepare each again, and compare

	Prepared int      // pictures that had to be made
	Differ   []string // files of which the cache remembers something else
}

// NewPictures returns pictures that are remembered in dir, which may be nil; with
// verify, what is remembered is only compared.
func NewPictures(dir *cache.Dir, verify bool) *Pictures { return &Pictures{dir: dir, verify: verify} }

const picturePrefix = "picture-"

// Prepare is [PrepareImage], or what it returned for the same bytes.
func (p *Pictures) Prepare(file string, data []byte, bag *diag.Bag) (img Image, ok bool) {
	var name string
	var known Image
	if p.dir != nil {
		name = picturePrefix + digest.Bytes(data).String()
		if p.dir.Load(name, &known) && !p.verify {
			return known, true
		}
	}
	p.Prepared++
	img, ok = PrepareImage(file, data, bag)
	if known.Data != nil && (!ok || string(known.Data) != string(img.Data)) {
		p.Differ = append(p.Differ, file)
	}
	if ok && p.dir != nil {
		p.dir.Save(name, img) // a failure costs only time
	}
	return img, ok
}
