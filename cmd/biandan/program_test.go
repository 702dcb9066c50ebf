package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// cacheVariables are those that tell a program where the system keeps caches.
var cacheVariables = map[string][]string{"windows": {"LocalAppData"}, "darwin": {"HOME"}}[runtime.GOOS]

// TestMain gives the tests a place for caches, and takes away again what they have
// built.
func TestMain(m *testing.M) {
	if cacheVariables == nil {
		cacheVariables = []string{"XDG_CACHE_HOME"}
	}
	caches, err := os.MkdirTemp("", "biandan-caches-")
	if err != nil {
		panic(err)
	}
	for _, name := range cacheVariables {
		os.Setenv(name, caches)
	}
	code := m.Run()
	os.RemoveAll(caches)
	if programDir != "" {
		os.RemoveAll(programDir)
	}
	os.Exit(code)
}

var programDir string

// program returns the path of the command, as it is built for users: scripts run it
// hundreds of times, and what runs side by side in it is tested with the race
// detector where it lies, in package build and beside it.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "biandan-test-")
	if err != nil {
		return "", err
	}
	programDir = dir
	file := filepath.Join(dir, "biandan")
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return file, nil
})
