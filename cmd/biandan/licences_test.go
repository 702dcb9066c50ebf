package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestLicences wants in the program the licences of all that it is linked from, on
// every system that we build for: the modules in their versions, and Go. With
// -update it writes them.
func TestLicences(t *testing.T) {
	want := &strings.Builder{}
	fmt.Fprintln(want, "biandan 里有下列各部分；每一部分的许可和版权声明原文照录。")
	notice(t, want, "biandan", "../..")
	notice(t, want, "Go（标准库和运行时）", goRoot(t))
	for _, m := range linked(t) {
		name, dir, _ := strings.Cut(m, "\t")
		notice(t, want, name, dir)
	}
	if *update {
		must(t, os.WriteFile("licences.txt", []byte(want.String()), 0o644))
		return
	}
	if licences != want.String() {
		t.Errorf("licences.txt is not that of the modules that the program is linked from: run make licences\n%s", firstDifference(licences, want.String()))
	}
}

// goRoot is where the licence of Go lies.
func goRoot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	must(t, err)
	dir := strings.TrimSpace(string(out))
	if _, err := os.Stat(filepath.Join(dir, "LICENSE")); err != nil {
		t.Skip("this Go brings no LICENSE") // as packaged by some distributions
	}
	return dir
}

// linked are the modules that the program is made from: name and version, a tab, the folder.
func linked(t *testing.T) []string {
	t.Helper()
	all := map[string]bool{}
	list := func(c *exec.Cmd) {
		out, err := c.Output()
		must(t, err)
		for line := range strings.Lines(string(out)) {
			all[strings.TrimSpace(line)] = true
		}
	}
	// The table of generator/pinyin was made from its dictionary.
	list(exec.Command("go", "list", "-m", "-f", "{{.Path}} {{.Version}}\t{{.Dir}}", "github.com/mozillazg/go-pinyin"))
	for _, system := range []string{"linux", "windows", "darwin"} {
		c := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", ".")
		c.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		list(c)
	}
	delete(all, "")
	return slices.Sorted(maps.Keys(all))
}

var noticeName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)(\.(txt|md))?$`)

// notice appends the notices that lie in a folder.
func notice(t *testing.T, w *strings.Builder, name, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	found := false
	fmt.Fprintf(w, "\n%s\n%s\n", strings.Repeat("=", 72), name)
	for _, e := range entries {
		if e.IsDir() || !noticeName.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		must(t, err)
		fmt.Fprintf(w, "\n%s\n", strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
		found = true
	}
	if !found {
		t.Errorf("%s has no licence", name)
	}
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d: %q, want %q", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}
