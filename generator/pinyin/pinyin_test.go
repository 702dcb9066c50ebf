package pinyin

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
)

var update = flag.Bool("update", false, "write the table anew")

// TestReadingsAreThoseOfTheDictionary asks for each character that may have a reading.
func TestReadingsAreThoseOfTheDictionary(t *testing.T) {
	syllables := map[string]string{}
	plain := pinyin.NewArgs()
	for r := first; r <= last; r++ {
		want := ""
		if all := pinyin.SinglePinyin(r, plain); len(all) > 0 {
			want = strings.ToLower(all[0])
			syllables[want] += string(r)
		}
		if got := Of(r); got != want && !*update {
			t.Errorf("%c is %q, want %q", r, got, want)
		}
	}
	if want := pinyin.SinglePinyin(zero, plain); Of(zero) != want[0] || Of('a') != "" || Of('。') != "" {
		t.Errorf("〇 is %q, want %q", Of(zero), want)
	}
	if *update {
		var b strings.Builder
		for _, s := range slices.Sorted(maps.Keys(syllables)) {
			fmt.Fprintln(&b, s, syllables[s])
		}
		if err := os.WriteFile("readings.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
