package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
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

// TestDoubleClickMeetsNoMousetrap runs the command as a double click does: the
// library for command lines must not end the program with a lecture, as it does on
// Windows while it has a text for that.
func TestDoubleClickMeetsNoMousetrap(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "site.toml"), nil, 0o644))
	cobra.MousetrapHelpText = "the library's own"
	var trap []string
	code := clicked(filepath.Join(dir, "biandan.exe"), strings.NewReader("\n"), io.Discard, func(args ...string) int {
		return run(t.Context(), append(args, "--port", "no number"), io.Discard, writerFunc(func(p []byte) (int, error) {
			trap = append(trap, cobra.MousetrapHelpText) // as it is while the command runs
			return len(p), nil
		}))
	})
	if code != exitUsage || len(trap) == 0 || trap[0] != "" {
		t.Errorf("code %d; while the command ran, the text for double clicks was %q", code, trap)
	}
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
