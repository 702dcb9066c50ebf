package cache

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"biandan/generator/digest"
)

// openWith opens a cache with values of a thousand bytes, each last used that
// long ago.
func openWith(t *testing.T, ages map[string]time.Duration) (*Dir, string) {
	t.Helper()
	path := t.TempDir()
	d, err := Open(path, digest.Sum{1})
	if err != nil {
		t.Fatal(err)
	}
	for name, age := range ages {
		if err := d.Save(name, strings.Repeat("x", 1000)); err != nil {
			t.Fatal(err)
		}
		setAge(t, d, name, age)
	}
	return d, path
}

func setAge(t *testing.T, d *Dir, name string, age time.Duration) {
	t.Helper()
	at := d.now.Add(-age)
	if err := os.Chtimes(filepath.Join(d.root.Name(), name), at, at); err != nil {
		t.Fatal(err)
	}
}

func names(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		if e.Name() != tagName {
			list = append(list, e.Name())
		}
	}
	return list
}

const daytime = 24 * time.Hour

func TestTrimByAge(t *testing.T) {
	d, path := openWith(t, map[string]time.Duration{
		"files": 91 * daytime, "old": 91 * daytime, "young": 89 * daytime, "public-1": 900 * daytime,
		"new-1": 2 * time.Hour, "new-2": time.Minute, "blobs-1": 2 * time.Hour, "blobs-2": 91 * daytime, "blobs-3": time.Minute,
	})
	if err := os.Mkdir(filepath.Join(path, "stage"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.Trim("public-", "files", "blobs-2")
	if got, want := names(t, path), []string{"blobs-2", "blobs-3", "files", "new-2", "public-1", "stage", "young"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestTrimBySize wants the oldest values to go first, and only those that no
// build can be at work with.
func TestTrimBySize(t *testing.T) {
	ages := map[string]time.Duration{
		"pdf-a": 5 * daytime, "pdf-b": 4 * daytime, "pdf-c": 3 * daytime, "pdf-d": 2 * daytime,
		"pdf-now": time.Minute, "files": 9 * daytime, "public-1": 9 * daytime,
	}
	for _, c := range []struct {
		limit int64
		stay  []string
	}{
		{10_000, []string{"files", "pdf-a", "pdf-b", "pdf-c", "pdf-d", "pdf-now", "public-1"}},
		{3_500, []string{"files", "pdf-b", "pdf-c", "pdf-d", "pdf-now", "public-1"}},
		{2_500, []string{"files", "pdf-c", "pdf-d", "pdf-now", "public-1"}},
		{0, []string{"files", "pdf-now", "public-1"}},
	} {
		d, path := openWith(t, ages)
		d.trim(c.limit, "public-", []string{"files"})
		if got := names(t, path); !slices.Equal(got, c.stay) {
			t.Errorf("limit %d: %v, want %v", c.limit, got, c.stay)
		}
	}
}

// TestWhatIsReadStays wants a value that is read again and again not to be the
// oldest, though nobody has written it since.
func TestWhatIsReadStays(t *testing.T) {
	d, path := openWith(t, map[string]time.Duration{"read": 5 * daytime, "lying": 4 * daytime, "hidden": 3 * daytime})
	var text string
	if !d.Load("read", &text) || len(text) != 1000 {
		t.Fatal("the value is lost")
	}
	setAge(t, d, "read", 2*time.Hour) // two hours later
	d.trim(1_500, "public-", nil)
	if got, want := names(t, path), []string{"read"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if d.Load("lying", &text) {
		t.Error("a deleted value is there")
	}
}

// TestBlobsInAnyOrder reads blobs one after the other forwards, backwards and at random,
// while some are not written yet.
func TestBlobsInAnyOrder(t *testing.T) {
	d, err := Open(t.TempDir(), digest.Of("tool"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.Blobs("")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	r := rand.New(rand.NewPCG(1, 2))
	var refs []Ref
	var all []string
	for i := range 400 {
		data := strings.Repeat(fmt.Sprint(i, " "), r.IntN(900))
		if i%100 == 0 {
			data = strings.Repeat("x", 70_000)
		}
		ref, err := b.PutString(data)
		if err != nil {
			t.Fatal(err)
		}
		refs, all = append(refs, ref), append(all, data)
	}
	order := make([]int, 0, 3*len(refs))
	for i := range refs {
		order = append(order, i)
	}
	for i := range refs {
		order = append(order, len(refs)-1-i)
	}
	reader := b.Reader()
	for _, i := range append(order, r.Perm(len(refs))...) {
		if data, ok := reader.Get(refs[i]); !ok || string(data) != all[i] {
			t.Fatalf("blob %d: %v, %d bytes of %d", i, ok, len(data), len(all[i]))
		}
		if data, ok := b.Get(refs[i]); !ok || data != all[i] {
			t.Fatalf("blob %d alone: %v, %d bytes of %d", i, ok, len(data), len(all[i]))
		}
	}
	if _, ok := reader.Get(Ref{Offset: refs[3].Offset, Size: refs[3].Size, Checksum: refs[3].Checksum + 1}); ok {
		t.Error("a blob that is not as it was is read")
	}
}
