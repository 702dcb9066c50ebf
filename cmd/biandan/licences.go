package main

import _ "embed"

// licences are the notices that go with every copy of the program: ours, Go's,
// and those of all modules that it is linked from. No asset of the theme is
// foreign: it brings no fonts, and its drawings are ours. `make licences` writes
// the file, TestLicences holds it against what is linked.
//
//go:embed licences.txt
var licences string
