package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func init() {
	peakMemory = func(p *os.ProcessState) int64 {
		return p.SysUsage().(*syscall.Rusage).Maxrss << 10
	}
	presentMemory = func(pid int) int64 {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			return 0
		}
		_, rest, _ := strings.Cut(string(data), "VmRSS:")
		var kib int64
		fmt.Sscan(rest, &kib)
		return kib << 10
	}
	hostileCases = append(hostileCases, []hostile{
		{name: "file/fifo", exit: exitContent, code: "E0103", do: func(t *testing.T, s *evil) {
			must(t, syscall.Mkfifo(s.path("content/news/pipe.md"), 0o644))
		}},
		{name: "file/fifo behind a symlink", exit: exitContent, code: "E0103", do: func(t *testing.T, s *evil) {
			must(t, os.MkdirAll(s.path("private"), 0o755))
			must(t, syscall.Mkfifo(s.path("private/pipe"), 0o644))
			must(t, os.Symlink("../../private/pipe", s.path("content/news/pipe.md")))
		}},
		{name: "file/fifo as site.toml", exit: exitContent, code: "E0103", do: func(t *testing.T, s *evil) {
			must(t, os.Remove(s.path("site.toml")))
			must(t, syscall.Mkfifo(s.path("site.toml"), 0o644))
		}},
		{name: "file/fifo in the theme", exit: exitContent, code: "E0103", do: func(t *testing.T, s *evil) {
			must(t, os.MkdirAll(s.path("themes/hongbiandan/layouts"), 0o755))
			must(t, syscall.Mkfifo(s.path("themes/hongbiandan/layouts/home.html"), 0o644))
		}},
		{name: "public/cache with pipes for files", exit: 0, do: func(t *testing.T, s *evil) {
			for _, name := range names(t, s.cache()) {
				if name != "CACHEDIR.TAG" {
					must(t, os.Remove(filepath.Join(s.cache(), name)))
					must(t, syscall.Mkfifo(filepath.Join(s.cache(), name), 0o644))
				}
			}
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "public/pages that are pipes, and the cache is lost", exit: 1, code: "E0506", do: func(t *testing.T, s *evil) {
			must(t, os.RemoveAll(s.cache()))
			for _, p := range []string{"index.html", "about/index.html"} {
				must(t, os.Remove(s.path("public/"+p)))
				must(t, syscall.Mkfifo(s.path("public/"+p), 0o644))
			}
		}},
		{name: "file/fifo in public", exit: exitContent, code: "E0506", do: func(t *testing.T, s *evil) {
			must(t, os.MkdirAll(s.path("public/neu"), 0o755))
			must(t, syscall.Mkfifo(s.path("public/neu/index.html"), 0o644))
			s.page(t, "neu.md", "新的一页")
		}},
		{name: "file/socket", exit: exitContent, code: "E0103", do: func(t *testing.T, s *evil) {
			dir, err := os.MkdirTemp("", "s") // the name of a socket has at most 108 bytes
			must(t, err)
			t.Cleanup(func() { os.RemoveAll(dir) })
			l, err := net.Listen("unix", filepath.Join(dir, "s"))
			must(t, err)
			l.(*net.UnixListener).SetUnlinkOnClose(false)
			t.Cleanup(func() { l.Close() })
			must(t, os.Rename(filepath.Join(dir, "s"), s.path("content/news/sock.md")))
		}},
		{name: "file/name that is no UTF-8", exit: exitContent, do: func(t *testing.T, s *evil) {
			s.write(t, "content/news/\xb9\xab\xca\xbe.md", head+"正文\n")
		}},
		{name: "file/name with a line feed", exit: exitContent, do: func(t *testing.T, s *evil) {
			s.write(t, "content/news/a\nsite.toml:1:1: error: x.md", head+"正文\n")
		}},
	}...)
}
