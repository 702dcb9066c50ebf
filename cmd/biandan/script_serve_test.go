package main

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// previewer is the command serve that a script has started.
type previewer struct {
	cmd           *exec.Cmd
	address       string
	out, messages output
}

type previewerKey struct{}

func previewerOf(ts *testscript.TestScript) *previewer {
	p, _ := ts.Value(previewerKey{}).(*previewer)
	if p == nil || p.cmd == nil {
		ts.Fatalf("no preview was started")
	}
	return p
}

// setupPreview gives a script room for a preview.
func setupPreview(e *testscript.Env) error {
	p := &previewer{}
	e.Values[previewerKey{}] = p
	e.Defer(func() {
		if p.cmd != nil {
			p.cmd.Process.Kill()
			p.cmd.Wait()
		}
	})
	return nil
}

// cmdPreview starts biandan serve beside the script, on a free port:
//
//	preview [ARG…]
func cmdPreview(ts *testscript.TestScript, neg bool, args []string) {
	p := ts.Value(previewerKey{}).(*previewer)
	file, err := program()
	ts.Check(err)
	p.cmd = exec.Command(file, append([]string{"serve", "-p", "0"}, args...)...)
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = ts.MkAbs("."), &p.out, &p.messages
	p.cmd.Env = os.Environ()
	for _, name := range cacheVariables {
		p.cmd.Env = append(p.cmd.Env, name+"="+ts.Getenv(name))
	}
	ts.Check(p.cmd.Start())
	p.until(ts, "the address", func() bool {
		p.address = regexp.MustCompile(`http://[0-9.:]+/`).FindString(p.out.String())
		return p.address != ""
	})
}

func (p *previewer) until(ts *testscript.TestScript, what string, seen func() bool) {
	for end := time.Now().Add(20 * time.Second); !seen(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			ts.Fatalf("%s: not seen; the preview told:\n%s", what, p.messages.String())
		}
	}
}

// cmdShown waits until the preview shows a text at an address, or shows it no
// longer:
//
//	[!] shown ADDRESS REGEXP
func cmdShown(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] shown ADDRESS REGEXP")
	}
	p, re := previewerOf(ts), regexp.MustCompile(args[1])
	p.until(ts, args[1], func() bool {
		r, err := http.Get(p.address + strings.TrimPrefix(args[0], "/"))
		if err != nil {
			return false
		}
		defer r.Body.Close()
		data, err := io.ReadAll(r.Body)
		return err == nil && re.Match(data) != neg
	})
}

// cmdTold waits until the preview has told something on standard error:
//
//	told REGEXP
func cmdTold(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: told REGEXP")
	}
	p, re := previewerOf(ts), regexp.MustCompile("(?m)"+args[0])
	p.until(ts, args[0], func() bool { return re.MatchString(p.messages.String()) })
}

// cmdCtrlC ends the preview as Ctrl+C does, and wants it to end well:
//
//	ctrl-c
func cmdCtrlC(ts *testscript.TestScript, neg bool, args []string) {
	p := previewerOf(ts)
	ts.Check(p.cmd.Process.Signal(os.Interrupt))
	ts.Check(p.cmd.Wait())
	p.cmd = nil
}
