package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"biandan/generator/diag"
)

var update = flag.Bool("update", false, "write what the scripts compare (cmp) as it is now; read the difference before you keep it")

// TestScripts runs the real command: one script for each behaviour in
// testdata/script, one for each rule in testdata/rules.
func TestScripts(t *testing.T) {
	for _, dir := range []string{"script", "rules"} {
		t.Run(dir, func(t *testing.T) {
			testscript.Run(t, testscript.Params{Dir: filepath.Join("testdata", dir), RequireExplicitExec: true, UpdateScripts: *update,
				Setup: setup, Cmds: scriptCommands, Condition: scriptCondition})
		})
	}
}

func setup(e *testscript.Env) error {
	file, err := program()
	if err != nil {
		return err
	}
	e.Setenv("PATH", filepath.Dir(file)+string(filepath.ListSeparator)+e.Getenv("PATH"))
	e.Setenv("TMPDIR", os.TempDir()) // a browser's socket there must have a short path
	for _, name := range cacheVariables {
		e.Setenv(name, filepath.Join(e.WorkDir, ".cache"))
	}
	return setupPreview(e)
}

// scriptCommands are the commands of the scripts beside testscript's own.
var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"aged":     cmdAged,
	"bytes":    cmdBytes,
	"bom":      cmdBOM,
	"changed":  cmdChanged,
	"ctrl-c":   cmdCtrlC,
	"digests":  cmdDigests,
	"exitcode": cmdExitCode,
	"links":    cmdLinks,
	"mkfifo":   cmdMkfifo,
	"preview":  cmdPreview,
	"shown":    cmdShown,
	"told":     cmdTold,
	"within":   cmdWithin,
}

// scriptCondition knows [root]: nothing is unreadable for root; and [browser]:
// this machine can print.
func scriptCondition(name string) (bool, error) {
	switch name {
	case "root":
		return os.Geteuid() == 0, nil
	case "browser":
		_, err := findBrowser()
		return err == nil, nil
	}
	return false, fmt.Errorf("unknown condition %q", name)
}

// cmdAged gives files one and the same time, long ago:
//
//	aged FILE…
func cmdAged(ts *testscript.TestScript, neg bool, args []string) {
	long := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, name := range args {
		ts.Check(os.Chtimes(ts.MkAbs(name), long, long))
	}
}

// cmdBytes writes bytes that cannot stand in a script:
//
//	bytes FILE HEX [COUNT]
func cmdBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: bytes FILE HEX [COUNT]")
	}
	data, err := hex.DecodeString(args[1])
	ts.Check(err)
	if len(args) == 3 {
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		data = slices.Repeat(data, n)
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o777))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o666))
}

// cmdBOM puts a byte order mark at the beginning of files, as Notepad does:
//
//	bom FILE…
func cmdBOM(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte("\uFEFF"+ts.ReadFile(name)), 0o666))
	}
}

// cmdDigests writes the digest of every file below a folder to a file:
//
//	digests DIR FILE
func cmdDigests(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: digests DIR FILE")
	}
	var out strings.Builder
	walk(ts, args[0], func(name string, data []byte) {
		fmt.Fprintf(&out, "%s %x\n", name, sha256.Sum256(data))
	})
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(out.String()), 0o666))
}

// cmdChanged prints the names that differ between two files of digests, with
// +, - or ~ before each, for stdout and cmp:
//
//	changed BEFORE AFTER
func cmdChanged(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: changed BEFORE AFTER")
	}
	var maps [2]map[string]string
	for i, name := range args {
		maps[i] = map[string]string{}
		for line := range strings.Lines(ts.ReadFile(name)) {
			at := strings.LastIndexByte(line, ' ')
			maps[i][line[:at]] = line[at:]
		}
	}
	var lines []string
	for name, sum := range maps[0] {
		if now, ok := maps[1][name]; !ok {
			lines = append(lines, name+" -")
		} else if now != sum {
			lines = append(lines, name+" ~")
		}
	}
	for name := range maps[1] {
		if _, ok := maps[0][name]; !ok {
			lines = append(lines, name+" +")
		}
	}
	slices.Sort(lines)
	for _, line := range lines {
		name, sign, _ := strings.Cut(line, " ")
		fmt.Fprintln(ts.Stdout(), sign, name)
	}
}

// cmdExitCode runs a program and wants that exit code:
//
//	exitcode CODE PROGRAM [ARG…]
func cmdExitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode CODE PROGRAM [ARG…]")
	}
	code := 0
	err := ts.Exec(args[1], args[2:]...)
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if args[0] != strconv.Itoa(code) {
		ts.Fatalf("exit code %d, not %s", code, args[0])
	}
}

var hrefPattern = regexp.MustCompile(`(?:href|src)="([^"#?]*)`)

// cmdLinks wants every link between the pages below a folder to lead to a file;
// BASE is what absolute links begin with:
//
//	links DIR [BASE]
func cmdLinks(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: links DIR [BASE]")
	}
	base := "/"
	if len(args) == 2 {
		base = args[1]
	}
	files, dead := map[string]bool{}, []string{}
	walk(ts, args[0], func(name string, _ []byte) { files[name] = true })
	walk(ts, args[0], func(name string, data []byte) {
		for _, m := range hrefPattern.FindAllSubmatch(data, -1) {
			to, err := url.PathUnescape(string(m[1]))
			if to == "" || strings.Contains(to, ":") || !strings.HasSuffix(name, ".html") {
				continue
			}
			at, rooted := strings.CutPrefix(to, base)
			if !rooted {
				at = path.Join(path.Dir(name), to)
			}
			if at == "" || strings.HasSuffix(to, "/") {
				at = path.Join(at, "index.html")
			}
			if err != nil || !files[at] {
				dead = append(dead, name+": "+to)
			}
		}
	})
	slices.Sort(dead)
	if dead = slices.Compact(dead); len(dead) > 0 {
		ts.Fatalf("links that lead nowhere:\n%s", strings.Join(dead, "\n"))
	}
}

// cmdWithin searches all files below a folder, names and contents, and wants a
// match, or none with !:
//
//	[!] within DIR REGEXP
func cmdWithin(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] within DIR REGEXP")
	}
	re, err := regexp.Compile(args[1])
	ts.Check(err)
	var found []string
	walk(ts, args[0], func(name string, data []byte) {
		if re.MatchString(name) || re.Match(data) {
			found = append(found, name)
		}
	})
	if neg && found != nil {
		ts.Fatalf("%s: found in %s", args[1], strings.Join(found, ", "))
	}
	if !neg && found == nil {
		ts.Fatalf("%s: found in no file of %s", args[1], args[0])
	}
}

// walk calls f for each file below dir, in order, with its slash-separated path.
func walk(ts *testscript.TestScript, dir string, f func(name string, data []byte)) {
	root := ts.MkAbs(dir)
	n := 0
	ts.Check(filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(root, p)
		n++
		f(filepath.ToSlash(rel), data)
		return err
	}))
	if n == 0 {
		ts.Fatalf("no files in %s", dir)
	}
}

// TestEveryRuleHasAScript wants, for every rule, a script named for it that
// expects the rule's code in the output of the command.
func TestEveryRuleHasAScript(t *testing.T) {
	for _, r := range diag.Rules() {
		names, err := filepath.Glob(filepath.Join("testdata", "rules", r.Code+"-*.txtar"))
		if err != nil || len(names) == 0 {
			t.Errorf("no script testdata/rules/%s-….txtar for %s", r.Code, r.Name)
			continue
		}
		expected := false
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				expected = expected || strings.HasPrefix(line, "stderr ") && strings.Contains(line, r.Code)
			}
		}
		if !expected {
			t.Errorf("%s: no line expects %s on stderr", names[0], r.Code)
		}
	}
}
