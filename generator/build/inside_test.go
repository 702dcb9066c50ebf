package build_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/source"
	"biandan/themes"
)

// TestInsideSheets plans what never leaves the organisation: the sheets hold the records
// of scope unit with a warning and without a code, those for a few people are on none,
// no web page is among them; and none of it is in the public site.
func TestInsideSheets(t *testing.T) {
	in := files{"content/branches/a.toml": toyBranch + "[[branch]]\nid = \"xq\"\nname = \"甲小区党支部\"\nlevel = \"小区党支部\"\nparent = \"dongjie\"\n[[unit]]\nid = \"u\"\nname = \"县财政局\"\nkind = \"机关\"\n",
		"content/checkins/a.toml": "[[checkin]]\nunit = \"u\"\nyear = 2026\nas_of = 2026-10-10\nto = [{ branch = \"xq\", n = 5 }]\noutside = 73\n",
		"content/problems/a.toml": "[[problem]]\nbranch = \"xq\"\nyear = 2025\ntext = \"台账不全\"\nsource = \"自查\"\nkind = \"制度\"\nmeasure = \"补齐台账七十三页\"\nfound = 2026-02-10\ndue = 2026-12-31\n",
		"content/exchange/a.toml": "[[offer]]\nid = \"o\"\nname = \"代写文书\"\ngroup = \"法律\"\nunit = \"u\"\ncontent = \"代写\"\nphone = \"0357-0000000\"\nvalid_to = 2027-06-30\nupdated = 2026-11-01\n[[order]]\nid = \"dd-secret\"\noffer = \"o\"\ncommunity = \"dongjie\"\nordered = 2026-11-22\n"}
	day := insideDay
	all := ""
	for p, text := range insideSite(t, in) {
		if strings.HasPrefix(p, "sheets/") {
			all += text
			if !strings.Contains(text, "内部，不外传") || strings.Contains(text, `class="qr"`) {
				t.Errorf("%s has no warning, or a code", p)
			}
		} else if !strings.HasPrefix(p, "assets/") {
			t.Errorf("%s is planned", p)
		}
	}
	for _, want := range []string{"县财政局", "73", "补齐台账七十三页"} {
		if !strings.Contains(all, want) {
			t.Errorf("no sheet holds %s", want)
		}
	}
	if strings.Contains(all, "dd-secret") {
		t.Error("what is for a few is on a sheet")
	}
	public, _ := buildSite(t, in, build.Options{Today: day})
	for p, text := range public {
		if strings.Contains(text, "补齐台账七十三页") || strings.Contains(text, "内部，不外传") || strings.Contains(text, "dd-secret") {
			t.Errorf("%s tells what is inside", p)
		}
	}
}

var insideDay = calendar.Date{Year: 2026, Month: 11, Day: 23}

// insideSite is what is planned of a site for inside, by path.
func insideSite(t *testing.T, in files) map[string]string {
	m := fstest.MapFS{"site.toml": {Data: []byte(siteTOML)}}
	for p, text := range in {
		m[p] = &fstest.MapFile{Data: []byte(text)}
	}
	session := build.NewSession(t.TempDir(), digest.Sum{})
	defer session.Close()
	tree, r := session.Build(t.Context(), source.Take(m, &diag.Bag{}), build.Options{Themes: themes.FS, Today: insideDay, Visible: ledger.Visible{Inside: true}}, nil, nil)
	if tree == nil {
		t.Fatal(r.Diags)
	}
	all := map[string]string{}
	for _, p := range tree.Below("") {
		data, found, _ := tree.File(p)
		if len(found) > 0 {
			t.Error(found)
		}
		all[p] = string(data)
	}
	return all
}
