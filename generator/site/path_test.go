package site

import (
	"path"
	"path/filepath"
	"strings"
	"testing"

	"biandan/generator/diag"
)

func TestPathProblem(t *testing.T) {
	for _, good := range []string{"a/", "notices/2026-qiyi/", "关于/", "branches/xq-01-z1-h1/index.html", "a.b/c/", "assets/site.0a1b.css", "console/", "com/", "com10/"} {
		if p := pathProblem(good); p != "" {
			t.Errorf("%s: %s", good, p)
		}
	}
	for _, bad := range []string{"", "/", "../a/", "a/../b/", "a//b/", "./a/", "con/", "CON/", "a/nul.txt", "aux .x/", "COM1/", "lpt9.html", "com¹/", "a./", "a /", " a/", "a:b/", `a\b/`, "a?/", "a*/",
		"a|b/", `a"b/`, "a<b/", "a#b/", "a%b/", "a\x00b/", "a\nb/", "a\u202Eb/", "a\u200Bb/", "a\u3164b/", "\uFEFFa/", strings.Repeat("长", 70) + "/"} {
		if pathProblem(bad) == "" {
			t.Errorf("%q is let through", bad)
		}
	}
}

func TestFold(t *testing.T) {
	for _, same := range [][2]string{{"News/A", "news/a"}, {"Straße", "STRAßE"}, {"K", "\u212A"}} {
		if Fold(same[0]) != Fold(same[1]) {
			t.Errorf("%q and %q are one file on some disks", same[0], same[1])
		}
	}
}

// FuzzPermalink wants every address that is let through to stay below the
// site's folder, on every system, and to be what it says.
func FuzzPermalink(f *testing.F) {
	for _, s := range []string{"a", "notices/../x", "关于", "CON", "a/b/c", "..", "a\\..\\..\\b", "C:/x", "/etc/passwd", "a/./b", "a\u2215b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !CheckPath(s, diag.Pos{}, &diag.Bag{}) {
			return
		}
		file := path.Join(s, "index.html")
		if !filepath.IsLocal(filepath.FromSlash(file)) || file != strings.TrimSuffix(s, "/")+"/index.html" {
			t.Errorf("%q becomes %q", s, file)
		}
		if strings.ContainsAny(s, "\\:*?\"<>|\x00") {
			t.Errorf("%q has a character that Windows refuses", s)
		}
		for part := range strings.SplitSeq(strings.TrimSuffix(s, "/"), "/") {
			base, _, _ := strings.Cut(strings.ToUpper(part), ".")
			if base == "CON" || base == "NUL" || base == "COM1" || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") {
				t.Errorf("%q cannot be a folder on Windows", s)
			}
		}
	})
}
