package plan

import (
	"encoding/json"
	"slices"
	"strings"

	"biandan/generator/asset"
	"biandan/generator/config"
)

// workerFile is the script by which a browser keeps pages for the time when there is no
// network. It stands at the root of the site, as it may answer only for what is below it.
const workerFile = "sw.js"

// hasWorker reports whether the site has such a script: one that opens from a disk, as
// relative links allow, cannot. A site that has opted out has it, too, so that it ends in
// the browsers where it runs.
func (b *Builder) hasWorker() bool {
	return b.Config.Links == config.Absolute && b.worker.Data != nil
}

// planWorker plans the script for pages without network. It comes when all pages are planned.
func planWorker(b *Builder) {
	if b.hasWorker() {
		b.addBytes(workerFile, b.worker.File, b.workerScript)
	}
}

// workerScript is the script of the theme behind what it has to know. Another day, another
// style or another list of pages gives another name to what is stored.
func (b *Builder) workerScript() []byte {
	build, first, files, then := "", []string{}, []string{}, []string{}
	if b.Config.Offline {
		first, then = b.offline()
		files = b.links([]string{b.style, b.script})
		build = asset.Digest(literal([]any{b.Book.AsOf.String(), first, then, files}))
	}
	var out strings.Builder
	for _, known := range []struct {
		name  string
		value any
	}{{"BUILD", build}, {"SITE", b.base}, {"FIRST", first}, {"FILES", files}, {"THEN", then}} {
		out.WriteString("const " + known.name + "=" + string(literal(known.value)) + ";\n")
	}
	return append([]byte(out.String()), b.worker.Data...)
}

// literal writes a value as it stands in a script.
func literal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts and lists of them
	}
	return data
}

// mostOffline is how many pages are stored beside those that a reader has opened.
const mostOffline = 300

// offline are the pages that readers have without network: at once the home page and the
// lists of rooms that say so, then their other pages.
func (b *Builder) offline() (first, then []string) {
	first, then = []string{""}, []string{}
	for _, o := range b.outputs {
		address, ok := strings.CutSuffix(o.Path, indexFile)
		folder, rest, _ := strings.Cut(address, "/")
		switch {
		case !ok || o.older || !slices.ContainsFunc(rooms, func(r Room) bool { return r.Offline && r.Folder == folder }):
		case rest == "":
			first = append(first, address)
		default:
			then = append(then, address)
		}
	}
	return b.links(first), b.links(then[:min(len(then), mostOffline)])
}

// links are the links to addresses, as a browser has them.
func (b *Builder) links(addresses []string) []string {
	list := slices.Clone(addresses)
	for i, a := range list {
		list[i] = b.base + escaped(a)
	}
	return list
}
