package build_test

import (
	"strings"
	"testing"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/ledger"
)

// TestEvidenceOfABranch makes the sheet of a branch: what the ledgers say of each of its
// indicators, where, and what is missing; what no ledger says is to be looked at. Of what
// is only for a few a number may stand there, never the record.
func TestEvidenceOfABranch(t *testing.T) {
	in := files{"content/branches/a.toml": toyBranch + "[[unit]]\nid = \"u\"\nname = \"县财政局\"\nkind = \"机关\"\n[[seat]]\nunit = \"u\"\ncommittee = \"dongjie\"\nholder = \"局长\"\n" +
		"[[branch]]\nid = \"zb\"\nname = \"县财政局党支部\"\nlevel = \"单位党支部\"\nclass = \"机关\"\nunit = \"u\"\nmembers = 9\n",
		"content/stars/i.toml": indicator(1, "兼职委员", "兼职委员") + indicator(2, "书记述职", "书记述职") + indicator(3, "先锋岗亮身份", "现场查看") + indicator(4, "会来", "到会") +
			indicator(5, "派来的单", "派单"),
		"content/supervision/a.toml": "[[account]]\nbranch = \"zb\"\nyear = 2026\ndate = 2026-11-20\nmode = \"现场\"\ngrade = \"一般\"\n",
		"content/meetings/a.toml":    "[[meeting]]\nid = \"m\"\ncommittee = \"dongjie\"\ndate = 2026-11-12\nkind = \"定期\"\ntopics = [\"路灯\"]\nresult = \"装好了\"\ndue = 1\ncame = 0\nabsent = [\"u\"]\n",
		"content/exchange/a.toml":    "[[offer]]\nid = \"o\"\nname = \"代写文书\"\ngroup = \"法律\"\nunit = \"u\"\ncontent = \"代写\"\nphone = \"0357-0000000\"\nvalid_to = 2027-06-30\nupdated = 2026-11-01\n[[order]]\nid = \"dd-secret\"\noffer = \"o\"\ncommunity = \"dongjie\"\nto = \"zb\"\nordered = 2026-11-18\n",
	}
	text := insideSite(t, in)["sheets/evidence/zb.html"]
	for _, want := range []string{"内部，不外传", "1 个席位 · content/branches/a.toml 第 ", "2026-11-20 现场 · content/supervision/a.toml 第 1 行", "台账里没有 · 查台账",
		"1 次，到会 0 次", "缺：2026-11-12 没有到", "派来 1 单，办结 0 单"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	for _, secret := range []string{"一般", "dd-secret"} {
		if strings.Contains(text, secret) {
			t.Errorf("the sheet tells %q", secret)
		}
	}
	public, _ := buildSite(t, in, build.Options{Today: calendar.Date{Year: 2026, Month: 11, Day: 23}})
	for p, text := range public {
		if strings.Contains(text, "到会 0 次") || strings.HasPrefix(p, "sheets/evidence") {
			t.Errorf("%s is public", p)
		}
	}
}

func indicator(no int, name, evidence string) string {
	return "[[indicator]]\nno = " + ledger.Decimal(float64(no)) + "\ndimension = \"组织\"\nname = \"" + name + "\"\napplies = [\"机关\"]\nfull = 20\nmethod = \"查台账\"\nevidence = \"" + evidence + "\"\n"
}
