package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"biandan/generator/bench/corpus"
	_ "biandan/generator/ledgers" // with their measures
	"biandan/generator/sheet"
	"biandan/themes"
)

// hugoVersion is the peer's version; another one may have other figures.
const hugoVersion = "v0.165.0"

//go:embed all:peer
var peerFiles embed.FS

const themeName = "hongbiandan"

// writePeer writes the Hugo site: the peer's layouts, the style and script of
// our theme, and the corpus.
func writePeer(dir string, notices int) error {
	layouts, err := fs.Sub(peerFiles, "peer")
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, layouts); err != nil {
		return err
	}
	assets, err := fs.Sub(themes.FS, path.Join(themeName, "assets"))
	if err != nil {
		return err
	}
	if err := os.CopyFS(filepath.Join(dir, "assets"), assets); err != nil {
		return err
	}
	style, err := os.OpenFile(filepath.Join(dir, "assets", "sheet.css"), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = style.WriteString(sheet.Measures())
	if err := errors.Join(err, style.Close()); err != nil {
		return err
	}
	return corpus.Write(dir, corpus.Peer(notices))
}

// goTool runs the go command and returns what it prints.
func goTool(ctx context.Context, dir string, env []string, args ...string) (string, error) {
	c := exec.CommandContext(ctx, "go", args...)
	c.Dir, c.Env = dir, append(os.Environ(), env...)
	var complaint strings.Builder
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, complaint.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// buildTools builds the binary that is measured, as make build does, and the
// floor program, into the folder bin.
func buildTools(ctx context.Context, bin string) (ours, floor string, err error) {
	module, err := goTool(ctx, "", nil, "env", "GOMOD")
	if err != nil {
		return "", "", err
	}
	if filepath.Base(module) != "go.mod" {
		return "", "", errors.New("run it inside the project")
	}
	root := filepath.Dir(module)
	for _, b := range []struct {
		file *string
		pkg  string
	}{{&ours, "./cmd/biandan"}, {&floor, "./generator/bench/floor"}} {
		*b.file = filepath.Join(bin, path.Base(b.pkg)+executable())
		if _, err := goTool(ctx, root, []string{"CGO_ENABLED=0"}, "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", *b.file, b.pkg); err != nil {
			return "", "", err
		}
	}
	return ours, floor, nil
}

// findHugo returns the peer at its version, which it installs where go install
// puts programs when it is not there.
func findHugo(ctx context.Context, messages io.Writer) (string, error) {
	bin, err := goTool(ctx, "", nil, "env", "GOBIN")
	if err != nil {
		return "", err
	}
	if bin == "" {
		gopath, err := goTool(ctx, "", nil, "env", "GOPATH")
		if err != nil {
			return "", err
		}
		bin = filepath.Join(filepath.SplitList(gopath)[0], "bin")
	}
	file := filepath.Join(bin, "hugo"+executable())
	if out, err := exec.CommandContext(ctx, file, "version").Output(); err == nil && strings.Contains(string(out), hugoVersion+" ") {
		return file, nil
	}
	fmt.Fprintln(messages, "bench: installing Hugo", hugoVersion)
	_, err = goTool(ctx, "", []string{"CGO_ENABLED=0"}, "install", "github.com/gohugoio/hugo@"+hugoVersion)
	return file, err
}

func executable() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
