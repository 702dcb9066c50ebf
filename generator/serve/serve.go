// Package serve shows a site on this machine while it is edited.
//
// A [Server] answers from the tree of one build; [Server.Show] replaces it by
// the next, at once and as a whole, so that no answer is cut short or mixed from
// two builds. Pages are rendered when they are asked for: after a change of a
// layout the page that is open comes first.
//
// Into each page the server puts one script. It listens on one stream of events
// for all tabs, and asks, when something was built, whether its own page has
// changed: then the page is loaded again where it stood, or, when only style
// sheets changed, these are swapped. Mistakes in the content lie over the last
// good page until they are mended. Nothing of this is ever in public/.
//
//	/_biandan/          what was found; what the site consists of, in pages,
//	                    sheets and ledgers; what the last change did, and why
//	/_biandan/layouts   the storybook: each layout with made-up content
//	/_biandan/live.js   the script
//	/_biandan/events    the stream
//	/_biandan/state     what a page asks for
//
// Drafts, and pages that are shown before or after their time, are marked by
// the script, on the page and wherever it is linked.
//
// Only numeric addresses and this machine's names are answered (localhost, and
// those given in [Options.Hosts]), so that a page elsewhere cannot read a site
// that is not published yet by giving its own name this machine's address. Which
// machines may ask is for the address that the listener is bound to.
package serve

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"path"
	"strconv"
	"strings"
	"sync"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/source"
)

//go:embed assets
var assets embed.FS

// Options say how to serve.
type Options struct {
	Hosts []string // further names under which the site may be asked for
}

// Server serves the newest build.
type Server struct {
	hosts map[string]bool

	mu     sync.RWMutex
	tree   *build.Tree // nil before the first good build
	before *build.Tree // the one that tree replaced; nil before the second
	report *build.Report
	files  Excerpts
	number int // of the build
	tabs   map[chan int]bool
}

// Excerpts gives lines of input files for the overlay.
type Excerpts func(file string) []byte

// New returns a server that has nothing to show yet.
func New(o Options) *Server {
	s := &Server{hosts: map[string]bool{"localhost": true}, tabs: map[chan int]bool{}, report: &build.Report{}}
	for _, h := range o.Hosts {
		s.hosts[strings.ToLower(h)] = true
	}
	return s
}

// Show replaces what is served by a new build and tells all open pages. A nil
// tree, of a build with errors, leaves the last good pages in place.
func (s *Server) Show(t *build.Tree, r *build.Report, excerpts Excerpts) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t != nil {
		s.tree, s.before = t, s.tree
	}
	s.report, s.files = r, excerpts
	s.number++
	for tab := range s.tabs {
		select {
		case tab <- s.number:
		default: // it has one to read already
		}
	}
}

func (s *Server) now() (*build.Tree, *build.Report, Excerpts, int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.tree, s.report, s.files, s.number
}

// answers reports whether the site may be asked for under a host, with or without
// a port.
func (s *Server) answers(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	_, err := netip.ParseAddr(host)
	return err == nil || s.hosts[strings.ToLower(host)]
}

// ServeHTTP implements [http.Handler].
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.answers(r.Host) {
		http.Error(w, "这个名字不是这台机器的：请用 localhost 或数字的地址打开", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "只能查看", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	switch r.URL.Path {
	case "/_biandan/events":
		s.events(w, r)
	case "/_biandan/state":
		s.state(w, r)
	case "/_biandan/live.js", "/_biandan/worker.js":
		data, _ := assets.ReadFile("assets/" + path.Base(r.URL.Path))
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Write(data)
	default:
		if name, ok := strings.CutPrefix(r.URL.Path, "/_biandan/"); ok {
			s.inside(w, r, name)
			return
		}
		s.page(w, r)
	}
}

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	tree, _, _, _ := s.now()
	if tree == nil {
		s.send(w, r, http.StatusServiceUnavailable, "index.html", []byte("<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>还没有生成</title><body></body></html>"), "")
		return
	}
	asked, status := tree.Site.PathOf(r.URL.Path), http.StatusOK
	p := shownFor(tree, asked)
	switch p {
	case asked:
	case asked + "/index.html":
		http.Redirect(w, r, r.URL.Path+"/", http.StatusFound)
		return
	default:
		status = http.StatusNotFound
	}
	data, found, ok := tree.File(p)
	key, _ := tree.Key(p)
	if !ok || found.HasErrors() {
		status, data = http.StatusInternalServerError, []byte("<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>出错了</title><body><pre></pre></body></html>")
		if len(found) > 0 {
			data = bytes.Replace(data, []byte("<pre>"), []byte("<pre>"+escape(found[0].Message)), 1)
		}
	}
	s.send(w, r, status, asked, data, key.String())
}

// shownFor returns the file that answers for a path: itself, the page of a folder,
// or the page that says that there is none.
func shownFor(tree *build.Tree, asked string) string {
	for _, p := range []string{asked, asked + "/index.html"} {
		if tree.Has(p) {
			return p
		}
	}
	return "404.html"
}

func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(text)
}

// send answers what was asked for at a path with a file. Pages get the script, which
// knows the path, so that it sees when there is another page for it; that there is none
// is said by a page.
func (s *Server) send(w http.ResponseWriter, r *http.Request, status int, p string, data []byte, key string) {
	kind := mime.TypeByExtension(path.Ext(p))
	if strings.HasSuffix(p, ".html") || status == http.StatusNotFound {
		kind = "text/html; charset=utf-8"
		script := fmt.Appendf(nil, `<script src="/_biandan/live.js" data-page="%s" data-key="%s" defer></script>`, escape(p), key)
		if i := bytes.LastIndex(data, []byte("</body>")); i >= 0 {
			data = append(append(bytes.Clone(data[:i]), script...), data[i:]...)
		} else {
			data = append(bytes.Clone(data), script...)
		}
	}
	if kind == "" {
		kind = http.DetectContentType(data)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", fmt.Sprint(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(data)
	}
}

// events is the stream that tells of new builds.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "不支持事件流", http.StatusInternalServerError)
		return
	}
	tab := make(chan int, 1)
	s.mu.Lock()
	s.tabs[tab] = true
	number := s.number
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.tabs, tab)
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprintf(w, "retry: 500\ndata: %d\n\n", number)
	flusher.Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case number := <-tab:
			fmt.Fprintf(w, "data: %d\n\n", number)
			flusher.Flush()
		}
	}
}

// Finding is a diagnostic as the overlay shows it.
type Finding struct {
	Place    string   `json:"place"`
	Severity string   `json:"severity"`
	Message  string   `json:"message"`
	Reason   string   `json:"reason"`
	Hint     string   `json:"hint"`
	Code     string   `json:"code"`
	Lines    []string `json:"lines,omitempty"` // around the place
	First    int      `json:"first,omitempty"` // number of the first of them
	Line     int      `json:"line,omitempty"`
}

// Marked is the index of the line that the finding is about.
func (f Finding) Marked() int { return f.Line - f.First }

const (
	maxFindings   = 20
	linesAround   = 2
	longestExcept = 200 // characters of a line
)

func findings(l diag.List, excerpts Excerpts) []Finding {
	list := []Finding{}
	for _, d := range l[:min(len(l), maxFindings)] {
		f := Finding{Place: d.Pos.String(), Severity: d.Severity.String(), Message: d.Message, Reason: d.Reason, Hint: d.Hint, Code: d.Code, Line: d.Pos.Line}
		if excerpts != nil && d.Pos.Line > 0 {
			lines := strings.Split(source.Legible(excerpts(d.Pos.File)), "\n")
			from, to := max(1, d.Pos.Line-linesAround), min(len(lines), d.Pos.Line+linesAround)
			for n := from; n <= to; n++ {
				text := []rune(lines[n-1])
				f.Lines = append(f.Lines, string(text[:min(len(text), longestExcept)]))
			}
			f.First = from
		}
		list = append(list, f)
	}
	return list
}

// state tells a page whether it has changed, and what is wrong.
func (s *Server) state(w http.ResponseWriter, r *http.Request) {
	tree, report, excerpts, number := s.now()
	errors, warnings := report.Diags.Count()
	answer := struct {
		Number   int       `json:"number"`
		Key      string    `json:"key"`
		Errors   int       `json:"errors"`
		Warnings int       `json:"warnings"`
		Findings []Finding `json:"findings"`

		Mark  string            `json:"mark,omitempty"`  // of this page
		Marks map[string]string `json:"marks,omitempty"` // of all pages that have one, by address
	}{Number: number, Errors: errors, Warnings: warnings, Findings: findings(report.Diags, excerpts)}
	page := r.URL.Query().Get("page")
	if isInside(page) {
		answer.Key = strconv.Itoa(number)
	} else if tree != nil {
		if key, ok := tree.Key(shownFor(tree, page)); ok {
			answer.Key = key.String()
		}
		answer.Marks = marks(tree)
		answer.Mark = answer.Marks[tree.Site.Address(page)]
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	json.NewEncoder(w).Encode(answer)
}
