package poster

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
)

var (
	dateEntry = regexp.MustCompile(`/(?:CreationDate|ModDate) \(D:(\d{14}[+-]\d\d'\d\d)'?\)`)
	creator   = regexp.MustCompile(`/Creator \(((?:[^\\()]|\\.)*)\)`)
	nodeID    = regexp.MustCompile(`\(node(\d{8})\)`)
	mediaBox  = regexp.MustCompile(`/MediaBox ?\[ ?([0-9.-]+) ([0-9.-]+) ([0-9.]+) ([0-9.]+) ?\]`)
)

// noDate stands in every PDF: when a sheet was printed is not its content.
const noDate = "20000101000000+00'00"

// Mark stands near the beginning of every PDF of ours.
const Mark = "/Creator (biandan"

// Normalize replaces, in a PDF of Chromium, what differs from one printing to
// the next: its two dates, its creator, which names the system, and the names
// of structure elements, which count all that the tab has ever shown. No length
// changes, so all offsets stay right.
func Normalize(pdf []byte) {
	if at := creator.FindSubmatchIndex(pdf); at != nil && at[3]-at[2] >= len("biandan") {
		n := copy(pdf[at[2]:at[3]], "biandan")
		for i := at[2] + n; i < at[3]; i++ {
			pdf[i] = ' '
		}
	}
	for _, at := range dateEntry.FindAllSubmatchIndex(pdf, -1) {
		copy(pdf[at[2]:at[3]], noDate)
	}
	ids := nodeID.FindAllSubmatchIndex(pdf, -1)
	var names []string
	for _, at := range ids {
		names = append(names, string(pdf[at[2]:at[3]]))
	}
	// Names are sorted in their index and must stay so.
	slices.Sort(names)
	names = slices.Compact(names)
	for _, at := range ids {
		n, _ := slices.BinarySearch(names, string(pdf[at[2]:at[3]]))
		copy(pdf[at[2]:at[3]], fmt.Sprintf("%08d", n+1))
	}
}

// Box is the size of a page of a PDF in points.
type Box struct{ Width, Height float64 }

// pointsPerMM are the points of a millimetre.
const pointsPerMM = 72 / 25.4

// Boxes returns the sizes of the pages of a PDF that Chromium made: it writes
// its page objects in the clear, one box each.
func Boxes(pdf []byte) []Box {
	var boxes []Box
	for _, m := range mediaBox.FindAllSubmatch(pdf, -1) {
		var x0, y0, x1, y1 float64
		fmt.Sscan(string(bytes.Join(m[1:], []byte(" "))), &x0, &y0, &x1, &y1)
		boxes = append(boxes, Box{x1 - x0, y1 - y0})
	}
	return boxes
}
