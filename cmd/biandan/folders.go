package main

import (
	"fmt"
	"os"
	"path/filepath"

	"biandan/generator/digest"
	"biandan/generator/source"
)

// outputDir is where the site goes.
func (s *settings) outputDir() string {
	if s.destination != "" {
		return s.destination
	}
	return filepath.Join(s.source, "public")
}

// cache is the folder for what must outlive a build. It belongs to the user, not to
// the site: one that came with a site would say what is published and deleted. It
// is "" when the system knows no place for caches.
func (s *settings) cache() string {
	if s.cacheDir != "" {
		return s.cacheDir
	}
	user, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	site := realPath(s.source)
	return filepath.Join(user, "biandan", filepath.Base(site)+"-"+digest.Bytes([]byte(site)).String()[:12])
}

// outputFlag is a folder that a command writes to, and the flag that says which.
type outputFlag struct{ flag, path string }

// checkFolders refuses folders in which a site's own files would be mixed with what
// is made of them, and links in a site that lead out of it.
func (s *settings) checkFolders(output outputFlag) error {
	cache := outputFlag{"--cache-dir", s.cache()}
	if cache.path == "" {
		return failure{exitEnvironment, "系统没有告诉程序缓存放在哪里", "用 --cache-dir 指明一个文件夹"}
	}
	for _, o := range []outputFlag{output, cache} {
		refuse := func(why string) error {
			return usage(fmt.Sprintf("%s 的文件夹“%s”%s", o.flag, o.path, why), "换一个单独的文件夹")
		}
		if same(o.path, s.source) {
			return refuse("就是网站的文件夹")
		}
		for _, own := range []string{source.ContentDir, "themes", ".git"} {
			if isBelow(o.path, filepath.Join(s.source, own)) {
				return refuse("在网站的 " + own + " 里")
			}
		}
		if s.leadsOut(o.path) {
			return usage(fmt.Sprintf("%s 的文件夹“%s”是网站里的一个链接，通到网站外面", o.flag, o.path), "删掉这个链接；真要写到外面，就用 "+o.flag+" 写出那里的路径")
		}
	}
	if isBelow(output.path, cache.path) || isBelow(cache.path, output.path) {
		return usage(fmt.Sprintf("%s 的文件夹“%s”和 --cache-dir 的“%s”一个在另一个里面", output.flag, output.path, cache.path), "缓存要放在输出的文件夹外面")
	}
	return nil
}

// leadsOut reports whether a folder lies in the site by its name and elsewhere in truth.
func (s *settings) leadsOut(dir string) bool {
	site, err1 := filepath.Abs(s.source)
	abs, err2 := filepath.Abs(dir)
	if err1 != nil || err2 != nil {
		return false
	}
	rel, err := filepath.Rel(site, abs)
	return err == nil && filepath.IsLocal(rel) && !isBelow(dir, s.source)
}

// isBelow reports whether a folder is another or lies in it, whatever links lead
// there and whatever the case of names; both may be missing still.
func isBelow(dir, top string) bool {
	dir, top = realPath(dir), realPath(top)
	want, err := os.Stat(top)
	for ; ; dir = filepath.Dir(dir) {
		info, err2 := os.Stat(dir)
		if dir == top || err == nil && err2 == nil && os.SameFile(info, want) {
			return true
		}
		if filepath.Dir(dir) == dir {
			return false
		}
	}
}

func same(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// realPath is the absolute path of a folder without links, as far as it is there.
func realPath(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	var missing []string
	for at := abs; ; at = filepath.Dir(at) {
		real, err := filepath.EvalSymlinks(at)
		if err == nil {
			return filepath.Join(append([]string{real}, missing...)...)
		}
		if _, linked := os.Lstat(at); linked == nil || filepath.Dir(at) == at {
			return abs // a link to nowhere
		}
		missing = append([]string{filepath.Base(at)}, missing...)
	}
}
