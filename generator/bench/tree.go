package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// tally counts what a build wrote.
type tally struct {
	pages, files int
	bytes        int64
}

func count(dir string) (tally, error) {
	var t tally
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		i, err := d.Info()
		if err != nil {
			return err
		}
		t.files++
		t.bytes += i.Size()
		if strings.HasSuffix(p, ".html") {
			t.pages++
		}
		return nil
	})
	return t, err
}

// list returns the files below dir, sorted.
func list(dir string) ([]string, error) {
	var files []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, p)
		}
		return err
	})
	slices.Sort(files)
	return files, err
}

// sameTree returns an error that names the first file in which two trees differ.
func sameTree(a, b string) error {
	inA, err := list(a)
	if err != nil {
		return err
	}
	inB, err := list(b)
	if err != nil {
		return err
	}
	if !slices.Equal(inA, inB) {
		return fmt.Errorf("a clean build has %d files, not %d or not the same", len(inB), len(inA))
	}
	for _, p := range inA {
		dataA, err := os.ReadFile(filepath.Join(a, p))
		if err != nil {
			return err
		}
		dataB, err := os.ReadFile(filepath.Join(b, p))
		if err != nil {
			return err
		}
		if !bytes.Equal(dataA, dataB) {
			return fmt.Errorf("%s is not what a clean build makes", p)
		}
	}
	return nil
}

// shows reports whether the file contains the token.
func shows(file, token string) (bool, error) {
	data, err := os.ReadFile(file)
	return bytes.Contains(data, []byte(token)), err
}

// fileSystem names the file system of a folder where the system tells.
func fileSystem(dir string) string {
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return "disk"
	}
	best, kind := "", "disk"
	for line := range strings.Lines(string(mounts)) {
		f := strings.Fields(line)
		if len(f) < 3 || len(f[1]) < len(best) {
			continue
		}
		if f[1] == "/" || dir == f[1] || strings.HasPrefix(dir, f[1]+"/") {
			best, kind = f[1], f[2]
		}
	}
	return kind
}
