package main

import "github.com/rogpeppe/go-internal/testscript"

// cmdMkfifo fails: Windows has no named pipes in folders.
func cmdMkfifo(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Fatalf("no pipes in folders on Windows; guard the line with [!windows]")
}
