package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDoubleClick double-clicks the program in a folder with a site, in one
// without, and beside a site that cannot be shown.
func TestDoubleClick(t *testing.T) {
	site, empty := t.TempDir(), t.TempDir()
	must(t, os.WriteFile(filepath.Join(site, "site.toml"), nil, 0o644))
	for name, c := range map[string]struct {
		dir  string
		code int // of serve
		want int
		args []string
		says string
		key  bool // a key is waited for
	}{
		"a site":                {dir: site, args: []string{"serve", "--open", "-s", site}},
		"no site":               {dir: empty, want: exitEnvironment, says: "没有 site.toml", key: true},
		"a site without a port": {dir: site, code: exitEnvironment, want: exitEnvironment, args: []string{"serve", "--open", "-s", site}, says: "按回车键", key: true},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			var args []string
			keys := strings.NewReader("\nrest")
			code := clicked(filepath.Join(c.dir, "biandan.exe"), io.LimitReader(keys, 1), &out, func(a ...string) int {
				args = a
				return c.code
			})
			if code != c.want || !slices.Equal(args, c.args) || !strings.Contains(out.String(), c.says) || (keys.Len() < 5) != c.key {
				t.Errorf("code %d, args %q, %d keys left\n%s", code, args, keys.Len(), out.String())
			}
			if c.dir == empty && !strings.Contains(out.String(), "biandan.exe init 我们县") {
				t.Errorf("no word of init:\n%s", out.String())
			}
		})
	}
}
