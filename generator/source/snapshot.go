// Package source takes snapshots of a site's input files: site.toml, content/
// and themes/. It is the only package that reads them.
//
// A [Snapshot] is immutable: a sorted list of regular files with sizes and
// times, over an [fs.FS]. On disk that file system is an [os.Root], so no path
// and no symbolic link leads out of the site. Whatever is not a plain file that
// can be read (a pipe, a link that leads out, a folder without permission) is
// reported when the snapshot is taken, not when the file is used. A file that goes
// away while the snapshot is taken is not in it; one that does so later makes it
// [Snapshot.Outdated].
//
// [Snapshot.Text] gives a text file as UTF-8 with single line feeds, or a
// diagnostic that says which other encoding it seems to have. What means the same is
// normalised without a word (byte order marks, line ends, letters and accents apart, in
// names as well); what nobody sees is taken out and named (E0112), as it makes two words
// of one; controls are refused (E0113). Columns stay those of the file ([Text]).
package source

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"biandan/generator/diag"
)

// The folders and the file that a snapshot holds.
const (
	ConfigFile = "site.toml"
	ContentDir = "content"
	ThemesDir  = "themes"
)

// The sizes in bytes up to which files are read. A Markdown parser needs time
// that may grow with the square of its input; 384 KB are a hundred and thirty thousand Han
// characters, and no page has as many. A ledger of ten thousand rows has less
// than 4 MB.
const (
	MaxMarkdownSize = 384 << 10
	MaxTextSize     = 4 << 20
	MaxFileSize     = 64 << 20
)

// File is one input file. Path is slash-separated and relative to the site; letters and
// their accents are one character in it (NFC), also where a Mac has them apart. The
// file is as it was as long as its size, in bytes, and its stamp are; ModTime
// tells how long ago it was written.
type File struct {
	Path    string
	Size    int64
	ModTime time.Time
	Stamp   uint64
}

// Snapshot is the list of a site's input files at one moment.
type Snapshot struct {
	fsys  fs.FS
	mu    sync.Mutex // while it is taken
	empty bool       // there is no content folder
	files []File     // sorted by path
	gone  atomic.Bool
	disk  map[string]string // names as the disk has them, of files that have another path
}

var (
	ruleNoSite = diag.Define(diag.Rule{Code: "E0101", Name: "不是网站文件夹", Severity: diag.Error,
		Why: "网站的文件夹里要有 site.toml 和 content/ 文件夹，本工具从这里读", Mend: "换到网站所在的文件夹再运行，或者用 -s 指明文件夹；还没有网站，先运行 biandan init 文件夹"})
	ruleUnreadable = diag.Define(diag.Rule{Code: "E0102", Name: "读不了的文件", Severity: diag.Error,
		Why: "读不到的内容不会出现在网站上，与其悄悄漏掉，不如先停下来", Mend: "检查这个文件的权限，或者把它移出 content/ 和 themes/"})
	ruleIrregular = diag.Define(diag.Rule{Code: "E0103", Name: "不是普通文件", Severity: diag.Error,
		Why: "管道、设备一类的特殊文件没有固定的内容，读它会一直等下去", Mend: "把它移出 content/ 和 themes/"})
	ruleSymlink = diag.Define(diag.Rule{Code: "E0104", Name: "链接指向网站之外", Severity: diag.Error,
		Why: "符号链接若指到网站文件夹之外，网站的内容就不再由这里的文件决定，也可能把不该公开的文件带出去", Mend: "把需要的文件复制进来，删掉这个链接"})
	ruleEnding = diag.Define(diag.Rule{Code: "E0108", Name: "文件名的结尾不对", Severity: diag.Warning,
		Why:  "只有 .md 和 .toml 结尾的文件才会读；Windows 的记事本存盘时会在后面添上 .txt，又常常不显示出来",
		Mend: "把文件名改成 .md 或 .toml 结尾；看不到结尾的，先在资源管理器的“查看”里勾上“文件扩展名”"})
	ruleDeep = diag.Define(diag.Rule{Code: "E0110", Name: "文件夹套得太深", Severity: diag.Error,
		Why: "几十层的文件夹多半是复制时出了错；网址会长得用不了，读它也要很久", Mend: "把要的文件移到外层，删掉多余的文件夹"})
	ruleTwins = diag.Define(diag.Rule{Code: "E0115", Name: "看起来同名的文件", Severity: diag.Error,
		Why: "带声调、重音的字母，苹果电脑和别的系统存成不同的编码，看起来却一样；链接、网址就分不清是哪一个", Mend: "留下要的那一个，删掉或者改名另一个"})
	ruleTooLarge = diag.Define(diag.Rule{Code: "E0105", Name: "文件过大", Severity: diag.Error,
		Why: "过大的文件会拖慢每一次生成，居民的手机也打不开", Mend: "文章不超过 384 KB，台账不超过 4 MB，其他文件不超过 64 MB；请拆分或压缩"})
)

// Open takes a snapshot of the site in the folder dir. The caller closes the
// returned closer when the snapshot is no longer used. Findings go to bag; the
// error says that the folder itself cannot be opened.
func Open(dir string, bag *diag.Bag) (*Snapshot, io.Closer, error) {
	site, err := openSite(dir)
	if err != nil {
		return nil, nil, err
	}
	return Take(site, bag), site, nil
}

// Reopen does the same, when nothing is known to have changed since the snapshot
// s was taken but what lies at or below some paths. s must have had no findings.
func (s *Snapshot) Reopen(dir string, changed []string, bag *diag.Bag) (*Snapshot, io.Closer, error) {
	site, err := openSite(dir)
	if err != nil {
		return nil, nil, err
	}
	return s.again(site, changed, bag), site, nil
}

// Take takes a snapshot of fsys.
func Take(fsys fs.FS, bag *diag.Bag) *Snapshot {
	s := &Snapshot{fsys: fsys}
	s.config(bag)
	s.walk(ContentDir, bag)
	s.walk(ThemesDir, bag)
	s.sort(bag)
	s.copies(bag)
	return s
}

// again takes a snapshot of fsys that differs from s only at or below some paths.
func (s *Snapshot) again(fsys fs.FS, changed []string, bag *diag.Bag) *Snapshot {
	n := &Snapshot{fsys: fsys, files: slices.Clone(s.files), disk: maps.Clone(s.disk)}
	changed = slices.Clone(changed)
	slices.Sort(changed)
	for _, p := range changed {
		p = norm.NFC.String(p)
		n.files = slices.DeleteFunc(n.files, func(f File) bool { return f.Path == p || strings.HasPrefix(f.Path, p+"/") })
	}
	last := ""
	for _, p := range changed {
		if p == ConfigFile || last != "" && (p == last || strings.HasPrefix(p, last+"/")) {
			continue // it is looked at anyway
		}
		last = p
		switch info, err := fs.Lstat(fsys, p); {
		case !utf8.ValidString(p):
			reportName(p, path.Base(p), bag)
		case errors.Is(err, fs.ErrNotExist):
		case err == nil && info.IsDir():
			n.walk(p, bag)
		default:
			n.add(p, info, err, bag)
		}
	}
	n.files = slices.DeleteFunc(n.files, func(f File) bool { return f.Path == ConfigFile })
	n.config(bag)
	n.sort(bag)
	n.copies(bag)
	return n
}

// sort sorts the files by path, and reports those that have one and the same.
func (s *Snapshot) sort(bag *diag.Bag) {
	slices.SortFunc(s.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	s.files = slices.CompactFunc(s.files, func(a, b File) bool {
		if a.Path == b.Path {
			bag.Addf(ruleTwins, diag.Pos{File: a.Path}, "有两个文件都叫“%s”", path.Base(a.Path))
		}
		return a.Path == b.Path
	})
}

// config looks at site.toml, and that there is content.
func (s *Snapshot) config(bag *diag.Bag) {
	fsys := s.fsys
	if info, err := fs.Lstat(fsys, ConfigFile); errors.Is(err, fs.ErrNotExist) {
		bag.Addf(ruleNoSite, diag.Pos{File: ConfigFile}, "这个文件夹里没有 site.toml")
	} else {
		s.add(ConfigFile, info, err, bag)
	}
	if info, err := fs.Stat(fsys, ContentDir); err != nil || !info.IsDir() {
		// A site without content would empty what was published.
		bag.Addf(ruleNoSite, diag.Pos{File: ContentDir}, "这个文件夹里没有 content 文件夹")
		s.empty = true
	}
}

// maxDepth is the number of folders that may lie in each other. To open one, all
// that lead to it are opened, so that the cost grows with the square.
const maxDepth = 32

// walk adds the files below a folder; folders are read side by side.
func (s *Snapshot) walk(dir string, bag *diag.Bag) {
	var wg sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	var read func(dir string)
	read = func(dir string) {
		if strings.Count(dir, "/") > maxDepth {
			bag.Addf(ruleDeep, diag.Pos{File: dir}, "这里的文件夹套了 %d 层以上，里面的没有读", maxDepth)
			return
		}
		room <- struct{}{}
		entries, err := fs.ReadDir(s.fsys, dir)
		<-room
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // none is there, or it went away just now
			bag.Addf(ruleUnreadable, diag.Pos{File: dir}, "读不了“%s”", dir)
		}
		for _, d := range entries {
			p := dir + "/" + d.Name()
			switch {
			case Hidden(d.Name()):
			case !utf8.ValidString(p):
				reportName(p, d.Name(), bag)
			case d.IsDir():
				wg.Go(func() { read(p) })
			default:
				info, err := d.Info()
				s.add(p, info, err, bag)
			}
		}
	}
	read(dir)
	wg.Wait()
}

// reportName reports a name that is not UTF-8: mostly that of a Windows of before, unpacked
// by a program that does not know of it.
func reportName(p, name string, bag *diag.Bag) {
	message := "名字的编码不是 UTF-8"
	if text, ok := fromGB([]byte(name)); ok {
		message += fmt.Sprintf("，看起来是 GBK 的“%s”", text)
	}
	bag.Add(ruleNotUTF8, diag.Pos{File: p}, message, "把它改成平常的名字；是从压缩包里来的，换一个解压软件重新解压")
}

// Hidden reports whether a name is that of an editor's or a system's own file.
func Hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasSuffix(name, "~") ||
		name == "Thumbs.db" || name == "desktop.ini"
}

// add adds the file p, with what the folder says of it.
func (s *Snapshot) add(p string, info fs.FileInfo, err error, bag *diag.Bag) {
	at := diag.Pos{File: p}
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if info, err = fs.Stat(s.fsys, p); err != nil || info.IsDir() {
			bag.Addf(ruleSymlink, at, "“%s”是一个链接，它指向网站文件夹之外、指向文件夹，或者什么也没有指到", p)
			return
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return // it was listed, and went away just now
	case err != nil:
		bag.Addf(ruleUnreadable, at, "读不了“%s”", p)
		return
	case !info.Mode().IsRegular():
		bag.Addf(ruleIrregular, at, "“%s”不是普通文件", p)
		return
	}
	if !strings.HasSuffix(p, ".md") && misnamed.MatchString(p) {
		bag.Addf(ruleEnding, at, "“%s”不会出现在网站上：它的名字不是 .md 或 .toml 结尾", path.Base(p))
	}
	if limit := maxSize(p); info.Size() > limit {
		bag.Addf(ruleTooLarge, at, "“%s”有 %s，超过了 %s", path.Base(p), size(info.Size()), size(limit))
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.disk, p)
	if name := norm.NFC.String(p); name != p {
		if s.disk == nil {
			s.disk = map[string]string{}
		}
		s.disk[name], p = p, name
	}
	s.files = append(s.files, File{p, info.Size(), info.ModTime(), stampOf(info)})
}

// misnamed are the names that a program put its own ending to, or that another
// tool would read.
var misnamed = regexp.MustCompile(`(?i)^content/.*(\.(md|toml)\.(txt|docx?|wps)|\.markdown)$`)

func maxSize(p string) int64 {
	switch strings.ToLower(path.Ext(p)) {
	case ".md":
		return MaxMarkdownSize
	case ".toml", ".html", ".css", ".js", ".svg":
		return MaxTextSize
	}
	return MaxFileSize
}

// size writes a number of bytes, rounded up.
func size(n int64) string {
	if n%(1<<20) == 0 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	if n <= 1<<20 {
		return fmt.Sprintf("%d KB", (n+1<<10-1)>>10)
	}
	return fmt.Sprintf("%.2f MB", math.Ceil(float64(n)/(1<<20)*100)/100)
}

// Files returns all files below the folder dir, sorted by path.
func (s *Snapshot) Files(dir string) []File {
	prefix := dir + "/"
	i, _ := slices.BinarySearchFunc(s.files, prefix, func(f File, p string) int { return strings.Compare(f.Path, p) })
	j := i
	for j < len(s.files) && strings.HasPrefix(s.files[j].Path, prefix) {
		j++
	}
	return s.files[i:j]
}

// HasContent reports whether the site has a content folder at all.
func (s *Snapshot) HasContent() bool { return !s.empty }

// File returns what the disk told of the file p; ok is false when the snapshot does
// not hold it.
func (s *Snapshot) File(p string) (f File, ok bool) {
	i, ok := slices.BinarySearchFunc(s.files, p, func(f File, p string) int { return strings.Compare(f.Path, p) })
	if !ok {
		return File{}, false
	}
	return s.files[i], true
}

// Has reports whether the snapshot holds the file p.
func (s *Snapshot) Has(p string) bool {
	_, ok := s.File(p)
	return ok
}

// Outdated reports whether a file that the snapshot holds was gone when it was to be
// read: only another snapshot tells what there is.
func (s *Snapshot) Outdated() bool { return s.gone.Load() }

// Bytes reads the file p. A failure is reported to bag, and ok is false.
func (s *Snapshot) Bytes(p string, bag *diag.Bag) (data []byte, ok bool) {
	data, err := fs.ReadFile(s.fsys, cmp.Or(s.disk[p], p))
	if errors.Is(err, fs.ErrNotExist) {
		s.gone.Store(true)
		bag.Add(ruleUnreadable, diag.Pos{File: p}, fmt.Sprintf("“%s”刚才还在，读的时候已经被删掉或者改名了", p), "等文件不再变动，再运行一次")
		return nil, false
	}
	if err != nil {
		bag.Addf(ruleUnreadable, diag.Pos{File: p}, "读不了“%s”", p)
		return nil, false
	}
	return data, true
}

// Text reads the text file p. A failure, also that the bytes are no UTF-8
// text, is reported to bag, and ok is false.
func (s *Snapshot) Text(p string, bag *diag.Bag) (t *Text, ok bool) {
	data, ok := s.Bytes(p, bag)
	if !ok {
		return nil, false
	}
	return NewText(p, data, bag)
}

// All returns all files, sorted by path.
func (s *Snapshot) All() []File { return s.files }
