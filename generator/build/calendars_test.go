package build_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"biandan/generator/build"
	"biandan/generator/diag"
	"biandan/generator/source"
	"biandan/themes"
)

// TestCalendarsAreRead reads all calendars of the demonstration with another library:
// every event has an identity of its own that does not depend on the day, and its time
// in China; a station's calendar holds its events and no others.
func TestCalendarsAreRead(t *testing.T) {
	bag := &diag.Bag{}
	s, r := build.Plan(t.Context(), source.Take(os.DirFS("../.."), bag), build.Options{Themes: themes.FS}, bag.List())
	if s == nil {
		t.Fatal(r.Diags)
	}
	shanghai := time.FixedZone("CST", 8*60*60)
	counts := map[string]int{}
	all := map[string]string{}
	for _, o := range s.Outputs {
		if !strings.HasSuffix(o.Path, ".ics") {
			continue
		}
		text := string(o.Bytes(s.Texts))
		c, err := ical.NewDecoder(strings.NewReader(text)).Decode()
		if err != nil {
			t.Fatalf("%s: %v", o.Path, err)
		}
		seen := map[string]bool{}
		for _, e := range c.Events() {
			uid, err := e.Props.Text(ical.PropUID)
			if err != nil || uid == "" || seen[uid] {
				t.Errorf("%s: uid %q: %v", o.Path, uid, err)
			}
			seen[uid] = true
			from, err := e.DateTimeStart(shanghai)
			to, endErr := e.DateTimeEnd(shanghai)
			if err != nil || endErr != nil || !to.After(from) || to.Sub(from) > 24*time.Hour {
				t.Errorf("%s: %s from %v to %v", o.Path, uid, from, to)
			}
			if zone := e.Props.Get(ical.PropDateTimeStart).Params.Get("TZID"); zone != "" && zone != "Asia/Shanghai" {
				t.Errorf("%s: %s is in %s", o.Path, uid, zone)
			}
			title, _ := e.Props.Text(ical.PropSummary)
			if o.Path == "calendars/all.ics" {
				all[uid] = title
			}
		}
		if counts[o.Path] = len(c.Events()); counts[o.Path] == 0 {
			t.Errorf("%s is empty", o.Path)
		}
		for uid := range seen {
			if all[uid] == "" {
				t.Errorf("%s: %s is not among all", o.Path, uid)
			}
		}
	}
	if counts["calendars/all.ics"] < 80 || counts["calendars/branches/dongjie.ics"] == 0 || len(counts) < 40 {
		t.Errorf("%d calendars, %d events in all", len(counts), counts["calendars/all.ics"])
	}
}
