package frontmatter

import (
	"bytes"
	"testing"
)

// FuzzSplit wants the parts and the two fences to be the whole file, and no
// fence inside the head.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"+++\ntitle = \"甲\"\n+++\n正文\n", "+++\n+++", "+++ \n\n+++\t\n", "---\n---\n", "", "+++", "+++\na\n ++++\n+++\n+++\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, open, ok := Split(data)
		if ok && !open {
			t.Fatal("closed without being open")
		}
		if !ok {
			return
		}
		first, last := data[:p.HeadStart], data[p.HeadEnd:p.BodyStart]
		joined := bytes.Join([][]byte{first, data[p.HeadStart:p.HeadEnd], last, data[p.BodyStart:]}, nil)
		if !bytes.Equal(joined, data) {
			t.Errorf("joined %q, was %q", joined, data)
		}
		if !isFence(bytes.TrimSuffix(first, []byte("\n"))) || !isFence(bytes.TrimSuffix(last, []byte("\n"))) {
			t.Errorf("fences %q and %q", first, last)
		}
		for l := range bytes.Lines(data[p.HeadStart:p.HeadEnd]) {
			if isFence(bytes.TrimSuffix(l, []byte("\n"))) {
				t.Errorf("a fence in the head of %q", data)
			}
		}
	})
}
