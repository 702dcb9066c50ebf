package asset

import (
	"bytes"
	"image"
	"sync"

	"biandan/generator/cache"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
)

// Pictures prepares the pictures of a site and remembers what it made of which
// bytes, and which bytes a file has while the disk tells that nobody has written it
// since. A picture with a finding is not remembered, so that it is found again.
// Several may be prepared at one time, as many as one of the largest takes memory.
type Pictures struct {
	dir    *cache.Dir         // nil: no cache
	verify bool               // prepare each again, and compare
	last   map[string]picture // by path, as the build before knew them

	mu    sync.Mutex
	freed *sync.Cond          // when room has grown, or one is no more in the making
	room  int64               // pixels that still may be in memory
	made  map[digest.Sum]bool // in the making, by their bytes: another file may have the same
	now   []picture

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
	p := &Pictures{dir: dir, verify: verify, last: map[string]picture{}, room: maxPixels, made: map[digest.Sum]bool{}}
	p.freed = sync.NewCond(&p.mu)
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
	p.note(known)
	return img, true
}

func (p *Pictures) note(known picture) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = append(p.now, known)
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
	p.begin(now.Source)
	defer p.end(now.Source)
	var known Image
	found := p.load(now.Source, &known)
	if found && !p.verify {
		p.note(now)
		return known, true
	}
	img, ok = p.prepare(f.Path, data, bag)
	if found && (!ok || digest.Of(known) != digest.Of(img)) {
		p.mu.Lock()
		p.Differ = append(p.Differ, f.Path)
		p.mu.Unlock()
	}
	if ok && p.dir != nil && p.dir.Save(picturePrefix+now.Source.String(), img) == nil {
		p.note(now)
	}
	return img, ok
}

// begin waits until nobody makes a picture of these bytes.
func (p *Pictures) begin(sum digest.Sum) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.made[sum] {
		p.freed.Wait()
	}
	p.made[sum] = true
}

func (p *Pictures) end(sum digest.Sum) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.made, sum)
	p.freed.Broadcast()
}

// prepare is [PrepareImage] when there is room for the picture.
func (p *Pictures) prepare(file string, data []byte, bag *diag.Bag) (img Image, ok bool) {
	takes := roomFor(data)
	p.mu.Lock()
	for p.room < takes {
		p.freed.Wait()
	}
	p.room -= takes
	p.Prepared++
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.room += takes
		p.freed.Broadcast()
	}()
	return PrepareImage(file, data, bag)
}

// roomFor returns the pixels that a picture is counted for: one that is made smaller
// takes memory for what it becomes, too, and all frames of an animation stay.
func roomFor(data []byte) int64 {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || kindOf(data) == kindGIF {
		return maxPixels
	}
	return min(maxPixels, max(maxPixels/4, int64(c.Width)*int64(c.Height)))
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
