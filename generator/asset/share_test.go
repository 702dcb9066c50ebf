package asset

import (
	"bytes"
	"image/png"
	"testing"
)

// TestShare reads the picture: the mark stands in the middle of a red field.
func TestShare(t *testing.T) {
	data := Share()
	if again := Share(); !bytes.Equal(data, again) || len(data) > 20<<10 {
		t.Errorf("%d bytes, which are not always the same or too many", len(data))
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil || img.Bounds().Dx() != shareWidth || img.Bounds().Dy() != shareHeight {
		t.Fatal(err, img.Bounds())
	}
	at := func(x, y int) string {
		r, g, _, _ := img.At(x, y).RGBA()
		switch {
		case r>>8 == 0xB7 && g>>8 == 0x1C:
			return "red"
		case r>>8 == 0xC9:
			return "gold"
		case r>>8 == 0xFB:
			return "mark"
		}
		return "between"
	}
	const middle, load = shareWidth / 2, 25.0 / 64 * shareSide
	for _, c := range []struct {
		x, y int
		want string
	}{{5, 5, "red"}, {middle, 67 + 20*7, "mark"}, {middle - int(load), 67 + 48*7, "mark"}, {middle + int(load), 67 + 48*7, "mark"}, {middle, 67 + 48*7, "red"}, {10, shareHeight - goldAbove - 3, "gold"}} {
		if got := at(c.x, c.y); got != c.want {
			t.Errorf("%d, %d is %s, want %s", c.x, c.y, got, c.want)
		}
	}
}

func BenchmarkShare(b *testing.B) {
	for b.Loop() {
		Share()
	}
}
