package build_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/source"
	"biandan/themes"
)

// TestFindingsInAttachmentsStay edits a site in a session: what was found in an
// attachment is told by each build until the attachment is mended, the page that links
// to it allows it, or no page links to it.
func TestFindingsInAttachmentsStay(t *testing.T) {
	w := newWorld()
	session := build.NewSession(t.TempDir(), digest.Of("a"))
	defer session.Close()
	var tree *build.Tree
	page := func(head, body string) {
		w.write("content/news/a.md", "+++\ntitle = \"甲\"\ndate = 2026-11-01\n"+head+"+++\n"+body+"\n")
	}
	const near = "110105194912310020"
	link := "[表](list.txt)"
	for _, step := range []struct {
		what string
		edit func()
		want int
	}{
		{"written", func() { w.write("content/news/list.txt", near); page("", link) }, 1},
		{"nothing", func() {}, 1},
		{"text", func() { page("", link+"。") }, 1},
		{"head", func() { page("summary = \"表\"\n", link) }, 1},
		{"another page", func() { w.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n[表](news/list.txt)\n") }, 1},
		{"allowed", func() { page("[[allow]]\ntext = \""+near+"\"\nreason = \"示例\"\n", link) }, 0},
		{"no more allowed", func() { page("", link) }, 1},
		{"mended", func() { w.write("content/news/list.txt", "无") }, 0},
		{"as it was", func() { w.write("content/news/list.txt", near+"\n"+near[:17]+"1") }, 2},
		{"no link", func() { page("", "无"); w.remove("content/about.md") }, 0},
	} {
		step.edit()
		bag := &diag.Bag{}
		s := source.Take(w.fs(), bag)
		now, r := session.Build(context.Background(), s, build.Options{Themes: themes.FS, Tool: digest.Of("a"), AsOf: w.day}, bag.List(), tree)
		if now == nil {
			t.Fatalf("%s: %v", step.what, r.Diags)
		}
		tree = now
		found := slices.DeleteFunc(slices.Clone(r.Diags), func(d diag.Diagnostic) bool { return d.Code != "E0902" })
		if len(found) != step.want {
			t.Errorf("%s: %d findings, want %d: %v", step.what, len(found), step.want, found)
		}
	}
}

// TestFewOfManyFindingsAreTold wants twenty places of a list of numbers, and how many
// there are beside.
func TestFewOfManyFindingsAreTold(t *testing.T) {
	w := newWorld()
	var list strings.Builder
	for i := range 100 {
		fmt.Fprintf(&list, "1%d\n", 3900000000+i)
	}
	w.write("content/news/list.txt", list.String())
	w.write("content/news/a.md", "+++\ntitle = \"甲\"\ndate = 2026-11-01\n+++\n[表](list.txt)\n")
	bag := &diag.Bag{}
	_, r := build.Plan(context.Background(), source.Take(w.fs(), bag), build.Options{Themes: themes.FS, AsOf: w.day}, bag.List())
	told, rest := 0, 0
	for _, d := range r.Diags {
		if d.Code == "E0903" {
			told++
			if strings.HasSuffix(d.Message, "；这样的还有 80 处") {
				rest++
			}
		}
	}
	if told != 20 || rest != 1 {
		t.Errorf("told %d, of which %d say how many more: %v", told, rest, r.Diags)
	}
}
