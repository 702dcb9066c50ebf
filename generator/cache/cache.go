// Package cache keeps values on disk from one build to the next. It knows
// nothing of sites.
//
// A cache is a folder that bears the mark of [Claim]: nothing is written or
// deleted anywhere else, and nothing is read or written through a link, a pipe or
// a device. [Dir.Load] and [Dir.Save] read and write one value, as a
// file of its own; [Dir.Blobs] opens a file of byte strings that are too many
// to keep in memory. Nothing in a cache is ever needed: a file that is missing,
// cut short, damaged, or written by another version of the tool is a miss, and
// one that cannot be written is written another time. What a cached value
// depends on, beside the tool, is the caller's to say.
package cache

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"biandan/generator/digest"
)

// Dir is a folder of cached values, of one version of the tool.
type Dir struct {
	root *os.Root
	tool digest.Sum
	now  time.Time
}

// Open makes the folder when it is missing, and claims it. The error says that it
// cannot be used, [NotOurs] that it is somebody else's; then there is no cache.
func Open(path string, tool digest.Sum) (*Dir, error) {
	root, err := Claim(path)
	if err != nil {
		return nil, err
	}
	// The clock that counts is that of the file system, which also stamps the
	// input files.
	d := &Dir{root: root, tool: tool}
	probe, name, err := d.create("probe-")
	if err != nil {
		return nil, err
	}
	info, err := probe.Stat()
	probe.Close()
	root.Remove(name)
	if err != nil {
		return nil, err
	}
	d.now = info.ModTime()
	sweep(root)
	return d, nil
}

// For returns the same folder as another tool sees it: with its own values.
func (d *Dir) For(tool digest.Sum) *Dir { return &Dir{d.root, tool, d.now} }

// open opens a file of the cache. What is no plain file is a miss: a link would
// lead elsewhere, and a pipe would keep its reader waiting for ever.
func (d *Dir) open(name string, flag int) (*os.File, error) {
	info, err := d.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fs.ErrInvalid
	}
	return d.root.OpenFile(name, flag, 0)
}

// create makes a new file whose name begins with prefix, and is no other's.
func (d *Dir) create(prefix string) (f *os.File, name string, err error) {
	for {
		name = fmt.Sprintf("%s%d-%d", prefix, os.Getpid(), created.Add(1))
		f, err = d.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		if !errors.Is(err, fs.ErrExist) {
			return f, name, err
		}
	}
}

var created atomic.Int64

// settle is the time after which a file's time tells whether it was written again.
const settle = 2 * time.Second

// Settled reports whether a file of that time has been left alone long enough
// before the cache was opened: a file that was written just now may be written
// once more within the same tick of its clock.
func (d *Dir) Settled(modTime time.Time) bool { return modTime.Before(d.now.Add(-settle)) }

// Lock keeps other builds from what is named for a moment; the lock of one that
// was killed in that moment is broken after some seconds.
func (d *Dir) Lock(name string) (unlock func()) {
	const patience, step, stale = 5 * time.Second, 10 * time.Millisecond, 2 * time.Second
	name = "lock-" + name
	for waited := time.Duration(0); waited < patience; waited += step {
		if d.root.Mkdir(name, 0o755) == nil {
			return func() { d.root.Remove(name) }
		}
		// It is held for a moment only: one from before this build began is what
		// a killed build has left.
		if lock, err := d.root.Lstat(name); err == nil && lock.ModTime().Add(stale).Before(d.now) {
			d.root.Remove(name)
			continue
		}
		time.Sleep(step)
	}
	return func() {}
}

const magic = "biandan cache 1\n"

// headSize is the length of the head of a value: what it is, whose it is, and the checksum
// of the rest.
const headSize = len(magic) + len(digest.Sum{}) + 4

// Load reads the value of that name into what v points to. It reports whether
// there was one.
func (d *Dir) Load(name string, v any) bool {
	data, sum, err := d.read(name)
	tool := len(magic) + len(d.tool)
	if err != nil || data[:len(magic)] != magic || data[len(magic):tool] != string(d.tool[:]) || data[tool:headSize] != string(binary.LittleEndian.AppendUint32(nil, sum)) {
		return false
	}
	if rest, err := digest.Decode(data[headSize:], v); err != nil || rest != "" {
		return false
	}
	d.used(name)
	return true
}

// read returns the file of a value, which is no shorter than its head, and the checksum
// of what is behind that.
func (d *Dir) read(name string) (data string, sum uint32, err error) {
	f, err := d.open(name, os.O_RDONLY)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", 0, err
	}
	var all strings.Builder // values are read as strings, and share them
	all.Grow(int(info.Size()))
	check := crc32.NewIEEE()
	if _, err = io.CopyN(&all, f, int64(headSize)); err == nil {
		_, err = io.CopyBuffer(io.MultiWriter(&all, check), f, make([]byte, 256<<10))
	}
	return all.String(), check.Sum32(), err
}

// Mark tells a value from those that others save under the same name, without
// reading it: it is the head of the file, with the checksum of the rest. It is ""
// when there is no value. (Two files of one moment may have the same number and time.)
func (d *Dir) Mark(name string) string {
	f, err := d.open(name, os.O_RDONLY)
	if err != nil {
		return ""
	}
	defer f.Close()
	head := make([]byte, headSize)
	n, _ := io.ReadFull(f, head)
	return string(head[:n])
}

// Save writes the value of that name. A failure leaves the old one or none.
func (d *Dir) Save(name string, v any) error {
	room := 1 << 16
	if old, err := d.root.Lstat(name); err == nil {
		room += int(old.Size()) // what is saved again is seldom much larger
	}
	data := make([]byte, headSize, room)
	copy(data, magic)
	copy(data[len(magic):], d.tool[:])
	data = digest.Append(data, v)
	binary.LittleEndian.PutUint32(data[headSize-4:], crc32.ChecksumIEEE(data[headSize:]))
	f, made, err := d.create("new-")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = d.root.Rename(made, name)
	}
	if err != nil {
		d.root.Remove(made)
	}
	return err
}

const (
	unused  = 90 * 24 * time.Hour // the age at which Trim deletes what nobody has used
	inUse   = time.Hour           // another build may still be at work with what is younger
	maxIdle = 512 << 20           // bytes of values that no build uses now
)

// used makes a value that was just read young again: what is read over and over
// is not what Trim should begin with.
func (d *Dir) used(name string) {
	if info, err := d.root.Lstat(name); err == nil && d.now.Sub(info.ModTime()) > inUse {
		d.root.Chtimes(name, d.now, d.now)
	}
}

// Trim deletes what is hardly needed any more: values that nobody has used for a
// quarter of a year, what a killed build left half made, blobs that no kept file
// refers to, and then the oldest values until the idle ones take half a gigabyte.
// That is several times all sheets of a county; what a build keeps has no limit,
// as a large site needs it. Names that begin with forever stay.
func (d *Dir) Trim(forever string, keep ...string) { d.trim(maxIdle, forever, keep) }

func (d *Dir) trim(limit int64, forever string, keep []string) {
	type value struct {
		name string
		size int64
		age  time.Duration
	}
	entries, _ := fs.ReadDir(d.root.FS(), ".")
	var idle []value
	var total int64
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !e.Type().IsRegular() || e.Name() == tagName || strings.HasPrefix(e.Name(), forever) || slices.Contains(keep, e.Name()) {
			continue
		}
		v := value{e.Name(), info.Size(), d.now.Sub(info.ModTime())}
		halfMade := strings.HasPrefix(v.name, "new-") || strings.HasPrefix(v.name, "probe-") || strings.HasPrefix(v.name, blobsPrefix)
		switch {
		case v.age > unused || halfMade && v.age > inUse:
			d.root.Remove(v.name)
		case v.age > inUse:
			idle = append(idle, v)
			total += v.size
		}
	}
	slices.SortFunc(idle, func(a, b value) int { return cmp.Compare(b.age, a.age) })
	for _, v := range idle {
		if total <= limit {
			break
		}
		if d.root.Remove(v.name) == nil {
			total -= v.size
		}
	}
}

// Ref is the place of a blob in its file.
type Ref struct {
	Offset   int64
	Size     int
	Checksum uint32
}

// blobsPrefix begins the names of files of blobs.
const blobsPrefix = "blobs-"

// Blobs is a file of byte strings that only grows. Many goroutines may use it.
// What is put is in the file for certain after Flush.
type Blobs struct {
	Name string // of the file, to open it again
	mu   sync.Mutex
	file *os.File
	end  int64
	last []byte // the bytes before the end that are not written yet
}

// together is the number of bytes that are written at one time.
const together = 128 << 10

// Blobs opens the file of that name to read and to add to it, or a new one when
// the name is "" or the file cannot be opened. Trim takes it away when it is not
// told to keep it.
func (d *Dir) Blobs(name string) (*Blobs, error) {
	if strings.HasPrefix(name, blobsPrefix) && filepath.Base(name) == name {
		if f, err := d.open(name, os.O_RDWR); err == nil {
			if info, err := f.Stat(); err == nil {
				d.used(name)
				return &Blobs{Name: name, file: f, end: info.Size()}, nil
			}
			f.Close()
		}
	}
	f, name, err := d.create(blobsPrefix)
	if err != nil {
		return nil, err
	}
	return &Blobs{Name: name, file: f}, nil
}

// Put adds a blob.
func (b *Blobs) Put(data []byte) (Ref, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = append(b.last, data...)
	return b.added(len(data))
}

// PutString is Put.
func (b *Blobs) PutString(data string) (Ref, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = append(b.last, data...)
	return b.added(len(data))
}

// added is where the last n bytes were put.
func (b *Blobs) added(n int) (Ref, error) {
	r := Ref{Offset: b.end, Size: n, Checksum: crc32.ChecksumIEEE(b.last[len(b.last)-n:])}
	b.end += int64(n)
	if len(b.last) < together {
		return r, nil
	}
	return r, b.flush()
}

// Flush writes what is not written yet. When it fails, what was put since the
// last time is not there any more.
func (b *Blobs) Flush() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.flush()
}

func (b *Blobs) flush() error {
	if len(b.last) == 0 {
		return nil
	}
	_, err := b.file.WriteAt(b.last, b.end-int64(len(b.last)))
	b.last = b.last[:0]
	return err
}

// read fills buf from the file, or from what is not written yet.
func (b *Blobs) read(buf []byte, offset int64) error {
	b.mu.Lock()
	written := b.end - int64(len(b.last))
	if offset >= written {
		copy(buf, b.last[offset-written:])
		b.mu.Unlock()
		return nil
	}
	b.mu.Unlock()
	_, err := b.file.ReadAt(buf, offset)
	return err
}

// Get reads a blob; ok is false when it is not there any more as it was.
func (b *Blobs) Get(r Ref) (data string, ok bool) {
	if r.Size < 0 || r.Offset < 0 || r.Offset+int64(r.Size) > b.Size() {
		return "", false
	}
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	*room = slices.Grow((*room)[:0], r.Size)
	buf := (*room)[:r.Size]
	if err := b.read(buf, r.Offset); err != nil || crc32.ChecksumIEEE(buf) != r.Checksum {
		return "", false
	}
	return string(buf), true
}

var rooms = sync.Pool{New: func() any { return new([]byte) }}

// Reader reads blobs one after the other, with few reads of the file where they lie
// beside each other. It belongs to one goroutine.
type Reader struct {
	blobs *Blobs
	from  int64
	held  []byte // of the file, from there on
}

// Reader begins to read.
func (b *Blobs) Reader() *Reader { return &Reader{blobs: b} }

// around is the number of bytes that a reader reads at one time where the blobs that are
// asked for lie beside each other, in whichever direction.
const around = 16 << 10

// Get returns a blob until the next is asked for; ok is false when it is not there any
// more as it was.
func (r *Reader) Get(ref Ref) (data []byte, ok bool) {
	size := r.blobs.Size()
	if ref.Size < 0 || ref.Offset < 0 || ref.Offset+int64(ref.Size) > size {
		return nil, false
	}
	if ref.Offset < r.from || ref.Offset+int64(ref.Size) > r.from+int64(len(r.held)) {
		from, to := ref.Offset, ref.Offset+int64(ref.Size)
		if near := r.from - around; from >= near && to <= r.from+int64(len(r.held))+around {
			from = from &^ (around - 1)
			to = min(max(to, from+around), size)
		}
		n := int(to - from)
		r.from = from
		r.held = slices.Grow(r.held[:0], n)[:n]
		if r.blobs.readAll(r.held, r.from) != nil {
			r.held = r.held[:0]
			return nil, false
		}
	}
	data = r.held[ref.Offset-r.from:][:ref.Size]
	return data, crc32.ChecksumIEEE(data) == ref.Checksum
}

// readAll fills buf from the file and from what is not written yet.
func (b *Blobs) readAll(buf []byte, offset int64) error {
	b.mu.Lock()
	written := b.end - int64(len(b.last))
	if end := offset + int64(len(buf)); end > written {
		copy(buf[max(0, written-offset):], b.last[max(0, offset-written):end-written])
		buf = buf[:max(0, written-offset)]
	}
	b.mu.Unlock()
	if len(buf) == 0 {
		return nil
	}
	_, err := b.file.ReadAt(buf, offset)
	return err
}

// All reads the file as it is now.
func (b *Blobs) All() (string, bool) {
	if b.Flush() != nil {
		return "", false
	}
	var all strings.Builder
	all.Grow(int(b.Size()))
	_, err := io.CopyBuffer(&all, io.NewSectionReader(b.file, 0, b.Size()), make([]byte, 256<<10))
	return all.String(), err == nil
}

// In returns the blob's part of what All has read; ok is false when it is not
// there any more as it was.
func (r Ref) In(all string) (data string, ok bool) {
	if r.Size < 0 || r.Offset < 0 || r.Offset+int64(r.Size) > int64(len(all)) {
		return "", false
	}
	data = all[r.Offset : r.Offset+int64(r.Size)]
	room := rooms.Get().(*[]byte) // a string has no checksum
	defer rooms.Put(room)
	*room = append((*room)[:0], data...)
	return data, crc32.ChecksumIEEE(*room) == r.Checksum
}

// Size returns the bytes of the file.
func (b *Blobs) Size() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.end
}

// Close closes the file.
func (b *Blobs) Close() error {
	if b == nil {
		return nil
	}
	return errors.Join(b.Flush(), b.file.Close())
}
