package personal

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestFind looks at a table of texts (testdata/texts.txt): what is personal in them
// stands between 【 and 】, which are taken out before the text is looked at. All
// numbers are made up; look-alikes are marked with a stroke.
func TestFind(t *testing.T) {
	for text, kind := range texts(t) {
		check(t, text, kind)
	}
}

// texts are those of testdata/texts.txt, with the kind of what is personal in them;
// attachments are tried with them, too.
func texts(t *testing.T) map[string]Kind {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "texts.txt"))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]Kind{"Identity": Identity, "NearIdentity": NearIdentity, "Mobile": Mobile, "Card": Card, "Door": Door, "Birth": Birth, "-": -1}
	all := map[string]Kind{}
	for line := range strings.Lines(string(data)) {
		name, quoted, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		text, err := strconv.Unquote(quoted)
		kind, ok := kinds[name]
		if err != nil || !ok {
			t.Fatalf("%q: %v", line, err)
		}
		all[text] = kind
	}
	return all
}

// TestWhatNobodySeesHidesNothing puts into a number what is not seen between its digits,
// or only drawn around them.
func TestWhatNobodySeesHidesNothing(t *testing.T) {
	for _, between := range []string{"\u200B", "\u00AD", "\u034F", "\u115F", "\u2800", "\u3164", "\uFFA0", "\uFE0F\u20E3", "\u0301", "\u202E", "\U000E0041", "\b", "\u0085", "\x7F"} {
		number := strings.Join(strings.Split("13800000000", ""), between)
		check(t, "电话【"+number+"】。", Mobile)
	}
}

func check(t *testing.T, c string, kind Kind) {
	t.Helper()
	text := strings.NewReplacer("【", "", "】", "").Replace(c)
	var marked strings.Builder
	from := 0
	for _, f := range Find(text) {
		if f.Start < from || f.End > len(text) || f.Start >= f.End {
			t.Fatalf("%q: found at %d to %d", text, f.Start, f.End)
		}
		if f.Kind != kind {
			t.Errorf("%q: %q is taken for kind %d", c, text[f.Start:f.End], f.Kind)
		}
		marked.WriteString(text[from:f.Start] + "【" + text[f.Start:f.End] + "】")
		from = f.End
	}
	if got := marked.String() + text[from:]; got != c {
		t.Errorf("%q: found as %q", c, got)
	}
}

func TestMask(t *testing.T) {
	for text, want := range map[string]string{"13900139000": "139******00", "11010519491231002X": "110*************2X", "1": "*", "": "", "三号楼二单元五〇一室": "三号楼*****一室"} {
		if got := Mask(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// FuzzFind wants places that are in the text, in order, of whole characters, and
// that a number is found wherever it stands among what is no part of it.
func FuzzFind(f *testing.F) {
	f.Add("甲 139", uint64(1))
	f.Add("\u200b①１３９.", uint64(2))
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		last := 0
		for _, x := range Find(text) {
			if x.Start < last || x.End <= x.Start || x.End > len(text) || utf8.ValidString(text) && !utf8.ValidString(text[x.Start:x.End]) {
				t.Fatalf("%q: %+v", text, x)
			}
			last = x.Start
		}
		r := rand.New(rand.NewPCG(seed, 1))
		number := "13900139000"
		at := r.IntN(len(text) + 1)
		for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
			at--
		}
		found := false
		for _, x := range Find(text[:at] + "，" + number + "，" + text[at:]) {
			found = found || x.Kind == Mobile && x.Start == at+len("，")
		}
		before := text[max(0, at-40):at]
		if !found && !strings.ContainsAny(before, "号单水N:/") {
			t.Errorf("%q: not found at %d", text, at)
		}
	})
}
