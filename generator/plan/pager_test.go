package plan

import (
	"fmt"
	"slices"
	"testing"
)

// TestPortionsNeverMove divides lists of all lengths: each item stands on one page,
// the front has half a page to one and a half, and a full page keeps its items
// however many come after them.
func TestPortionsNeverMove(t *testing.T) {
	for _, size := range []int{5, 6, 20} {
		kept := map[int][]int{} // by number of the page
		for items := range 8 * size {
			list := make([]int, items) // the newest first; an item is known by its age
			for i := range list {
				list[i] = items - 1 - i
			}
			var seen []int
			o := Portion{items: items, size: size}
			for o.number = 1; o.number <= o.archived()+1; o.number++ {
				part := Newest(list, o)
				seen = append(seen, part...)
				if o.IsFront() {
					if n := len(part); n > size+size/2 || items >= size && n < size/2 {
						t.Errorf("%d items, %d a page: %d at the front", items, size, n)
					}
					continue
				}
				if was, ok := kept[o.number]; ok && !slices.Equal(was, part) {
					t.Fatalf("%d items, %d a page: page %d was %v, and is %v", items, size, o.number, was, part)
				}
				kept[o.number] = slices.Clone(part)
			}
			slices.Sort(seen)
			for i, x := range seen {
				if i != x {
					t.Fatalf("%d items, %d a page: shown are %v", items, size, seen)
				}
			}
			if len(seen) != items {
				t.Fatalf("%d items, %d a page: %d are shown", items, size, len(seen))
			}
		}
	}
}

func TestBasePath(t *testing.T) {
	for base, want := range map[string]string{
		"": "/", "https://a.example": "/", "https://a.example/": "/", "https://a.example/fs": "/fs/", "https://a.example/fs/": "/fs/", "https://a.example/浮山/": "/%E6%B5%AE%E5%B1%B1/", "://": "/",
	} {
		if got := BasePath(base); got != want {
			t.Errorf("%q: %q, want %q", base, got, want)
		}
	}
}

// TestSpreadsheetSafe keeps a spreadsheet from running a cell, and changes no other.
func TestSpreadsheetSafe(t *testing.T) {
	for text, want := range map[string]string{"": "", "甲": "甲", "0357-1": "0357-1", "=1+1": "'=1+1", "+86": "'+86", "-1": "'-1", "@a": "'@a", "\t=1": "'\t=1",
		"＝1": "'＝1", "＋86": "'＋86", "－1": "'－1", "＠a": "'＠a", " =1": "' =1", "\u3000＝1": "'\u3000＝1", "\u200b=1": "'\u200b=1", "\u00a0-1": "'\u00a0-1", "（=1）": "（=1）", "“甲”": "“甲”", " 甲": " 甲", "—": "—"} {
		if got := spreadsheetSafe(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{{"短", 5, "短"}, {"一二三四五六", 5, "一二三四…"}, {"一二三四五", 5, "一二三四五"}, {" 一\n 二 ", 5, "一 二"}} {
		if got := clip(c.text, c.n); got != c.want {
			t.Errorf("%s: %q, want %q", fmt.Sprint(c.text, c.n), got, c.want)
		}
	}
}
