package main

import (
	"cmp"
	"path"
	"strings"
	"unicode"

	"biandan/generator/build"
)

// sheetFolder is where the sheets of a site lie.
const sheetFolder = "sheets/"

// screenFolder is where the walls of a site lie as one page each.
const screenFolder = "screens/"

// wallPrefix begins the names of walls' PDFs.
const wallPrefix = "station-"

// pdfName is the name of a sheet's PDF below the folder of PDFs.
func pdfName(p string) string {
	return strings.TrimSuffix(strings.TrimPrefix(p, sheetFolder), ".html") + ".pdf"
}

// titled are the titles of all PDFs as names of files, by their names without an
// ending; in both forms no two are the same.
func titled(t *build.Tree) map[string]string {
	names, taken := map[string]string{}, map[string]bool{}
	add := func(name, title string) {
		file := path.Join(path.Dir(name), cmp.Or(fileName(title), path.Base(name)))
		if taken[strings.ToLower(file)] {
			file += "（" + path.Base(name) + "）"
		}
		taken[strings.ToLower(file)] = true
		names[name] = file
	}
	for _, sheet := range t.Sheets() {
		add(strings.TrimSuffix(pdfName(sheet.Path), ".pdf"), strings.TrimSuffix(sheet.Title, "（张贴）"))
	}
	for _, p := range t.Below(screenFolder) {
		id := path.Dir(strings.TrimPrefix(p, screenFolder))
		if sheets, _ := t.Wall(id); len(sheets) > 0 {
			add(wallPrefix+id, t.Title(p))
		}
	}
	return names
}

// fileName writes a title as the name of a file that every system takes.
func fileName(title string) string {
	const longest = 60 // characters, that a path has room for folders
	name := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"/\|?*`, r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, title)
	runes := []rune(strings.Join(strings.Fields(name), " "))
	return strings.Trim(string(runes[:min(len(runes), longest)]), ". ")
}
