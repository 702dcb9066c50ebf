package sheet

import (
	"math"
	"strconv"
	"sync"

	"rsc.io/qr/coding"

	"biandan/generator/view"
)

// quietZone is the light border that a code needs, in modules.
const quietZone = 4

// DrawCode draws the code of a sheet, if it has one, in the size that can be scanned.
func DrawCode(s *view.Sheet) {
	if s.QR.Text != "" {
		s.QR = qrCode(s.QR.Text)
		s.QR.Side = Round(math.Max(codeSide, leastModule*float64(s.QR.Size)/s.Unit), 2)
	}
}

// qrCode draws the code of an address at level Q, which forgives a quarter of
// it: paper on walls gets dirty. One path, drawn one module wide, holds all
// dark modules: from run to run along the middle of each row.
// An address that is longer than a code can be has none; it stands beside it.
func qrCode(text string) view.QR {
	none := view.QR{Text: text}
	plan := planFor(coding.String(text))
	if plan == nil {
		return none
	}
	c, err := plan.Encode(coding.String(text))
	if err != nil {
		return none
	}
	room := codeRooms.Get().(*[]byte)
	defer codeRooms.Put(room)
	d := (*room)[:0]
	for y := range c.Size {
		pen := -1 // where it is in the row
		for x := 0; x < c.Size; x++ {
			n := 0
			for c.Black(x+n, y) {
				n++
			}
			if n == 0 {
				continue
			}
			if pen < 0 {
				d = append(strconv.AppendInt(append(d, 'M'), int64(x+quietZone), 10), ' ')
				d = append(strconv.AppendInt(d, int64(y+quietZone), 10), ".5h"...)
			} else {
				d = append(strconv.AppendInt(append(d, 'm'), int64(x-pen), 10), " 0h"...)
			}
			d = strconv.AppendInt(d, int64(n), 10)
			x += n
			pen = x
		}
	}
	*room = d
	return view.QR{Text: text, Size: c.Size + 2*quietZone, Path: string(d)}
}

// codeRooms are for paths that are being written.
var codeRooms = sync.Pool{New: func() any { return new([]byte) }}

// codePlans are the patterns of the codes of each size, which do not depend on
// the text; each is made once.
var codePlans [coding.MaxVersion + 1]struct {
	once sync.Once
	plan *coding.Plan
}

// planFor returns the pattern of the smallest code for a text; nil when the text
// is too long for any.
func planFor(text coding.Encoding) *coding.Plan {
	for v := coding.Version(coding.MinVersion); v <= coding.MaxVersion; v++ {
		if text.Bits(v) <= v.DataBytes(coding.Q)*8 {
			p := &codePlans[v]
			p.once.Do(func() { p.plan, _ = coding.NewPlan(v, coding.Q, 0) })
			return p.plan
		}
	}
	return nil
}
