package sheet

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"strconv"

	"biandan/generator/view"
)

// SetPaper writes the style by which a browser knows the size of the paper, with more
// rules behind it, and the digest by which the page's policy allows this style and no
// other.
func SetPaper(s *view.Sheet, more string) {
	css := make([]byte, 0, usualPaper+len(more))
	css = append(css, "<style>@page{size:"...)
	css = size(css, s.Width, s.Height)
	css = append(css, ";margin:0}.sheet"...)
	css = box(css, s.Width, s.Height, s.Wide, s.High)
	css = append(append(css, more...), "</style>"...)
	sum := sha256.Sum256(css[len("<style>") : len(css)-len("</style>")])
	s.Paper, s.PaperHash = template.HTML(css), base64.StdEncoding.EncodeToString(sum[:])
}

// usualPaper is how many bytes the style takes.
const usualPaper = 160

// Named appends the rules for a size of paper by its name, for a page on which sheets of
// several sizes stand.
func Named(css []byte, width, height int, wide, high float64) []byte {
	name := "f" + strconv.Itoa(width) + "x" + strconv.Itoa(height)
	css = append(append(append(css, "@page "...), name...), "{size:"...)
	css = size(css, width, height)
	css = append(append(append(append(append(css, ";margin:0}."...), name...), "{page:"...), name...), '}')
	return box(append(append(append(css, '.'), name...), " .sheet"...), width, height, wide, high)
}

// box appends the measures of a sheet as custom properties.
func box(css []byte, width, height int, wide, high float64) []byte {
	css = strconv.AppendInt(append(css, "{--w:"...), int64(width), 10)
	css = strconv.AppendInt(append(css, "mm;--h:"...), int64(height), 10)
	css = strconv.AppendFloat(append(css, "mm;--wide:"...), wide, 'f', -1, 64)
	css = strconv.AppendFloat(append(css, ";--high:"...), high, 'f', -1, 64)
	return append(css, '}')
}

func size(css []byte, width, height int) []byte {
	css = strconv.AppendInt(css, int64(width), 10)
	css = strconv.AppendInt(append(css, "mm "...), int64(height), 10)
	return append(css, "mm"...)
}
