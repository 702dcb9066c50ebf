package poster

import (
	"fmt"
	"math"
	"strings"
)

// A poster over many pages of a small printer is the same sheet seen through a
// window, moved on from page to page. All windows have one size, so that no page
// holds a mere strip, and neighbours share ten millimetres. Each page is cut at
// the left and upper edge of its window and glued over the strip of its
// neighbour there; ticks in the margin say where to cut and up to where to glue.

// The measures of tiling in millimetres.
const (
	tileEdge    = 8  // that printers leave white
	tileOverlap = 10 // that neighbours share
	tickFrom    = 4.5
	tickTo      = 7.5
)

// grid is how a poster lies on its pages.
type grid struct {
	page          Paper
	width, height float64 // of the poster
	columns, rows int
}

// The steps from one window to the next.
func (g grid) stepX() float64 { return (g.width - tileOverlap) / float64(g.columns) }
func (g grid) stepY() float64 { return (g.height - tileOverlap) / float64(g.rows) }

// newGrid lays a poster on pages of the paper, upright or across, whichever
// takes fewer.
func newGrid(width, height float64, p Paper) grid {
	var best grid
	for _, across := range []bool{false, true} {
		g := grid{page: p.turned(across), width: width, height: height}
		const lost = 2*tileEdge + tileOverlap // of each page
		g.columns = max(1, int(math.Ceil((width-tileOverlap)/(g.page.Width-lost)-1e-9)))
		g.rows = max(1, int(math.Ceil((height-tileOverlap)/(g.page.Height-lost)-1e-9)))
		if best.columns == 0 || g.columns*g.rows < best.columns*best.rows {
			best = g
		}
	}
	return best
}

// tiles are the pages of a sheet over pages of the paper: first the plan of how
// to put them together, then row by row.
func tiles(s Sheet, scale float64, p Paper) []leaf {
	g := newGrid(s.Width*scale, s.Height*scale, p)
	list := []leaf{g.assembly(s, scale)}
	for r := range g.rows {
		for c := range g.columns {
			list = append(list, leaf{Width: g.page.Width, Height: g.page.Height,
				Window: [4]float64{tileEdge, tileEdge, g.stepX() + tileOverlap, g.stepY() + tileOverlap},
				X:      tileEdge - float64(c)*g.stepX(), Y: tileEdge - float64(r)*g.stepY(), Scale: scale,
				Marks: g.marks(r, c) + text(tileEdge+tileOverlap+4, 7, smallLetter, fmt.Sprintf("第 %d 行 第 %d 列　%s", r+1, c+1, s.Title))})
		}
	}
	return list
}

// cuts are where a page is cut or glued along one side: at the beginning of its
// window, and where the next page comes or the poster ends.
func cuts(n, count int, step float64) (first, second float64, glue bool) {
	if n < count-1 {
		return tileEdge, tileEdge + step, true
	}
	return tileEdge, tileEdge + step + tileOverlap, false
}

// marks are the ticks in the margins of a page.
func (g grid) marks(r, c int) string {
	var b strings.Builder
	w, h := g.page.Width, g.page.Height
	const dashes = ".6 .4"
	x1, x2, glue := cuts(c, g.columns, g.stepX())
	for i, x := range []float64{x1, x2} {
		style := ""
		if i == 1 && glue {
			style = dashes
		}
		b.WriteString(line(x, tickFrom, x, tickTo, style) + line(x, h-tickFrom, x, h-tickTo, style))
		b.WriteString(text(x+.6, h-tickFrom, smallLetter, tickWord(i == 1 && glue)))
	}
	y1, y2, glue := cuts(r, g.rows, g.stepY())
	for i, y := range []float64{y1, y2} {
		style := ""
		if i == 1 && glue {
			style = dashes
		}
		b.WriteString(line(tickFrom, y, tickTo, y, style) + line(w-tickFrom, y, w-tickTo, y, style))
	}
	return b.String()
}

func tickWord(glue bool) string {
	if glue {
		return "粘到这里"
	}
	return "裁"
}

// assembly is the page that shows the whole, with the pages drawn on it, what to
// do, and a line to measure.
func (g grid) assembly(s Sheet, scale float64) leaf {
	const margin, head, foot, ruler = 15.0, 62.0, 30.0, 100.0
	w, h := g.page.Width, g.page.Height
	small := min((w-2*margin)/g.width, (h-head-foot)/g.height)
	x, y := (w-g.width*small)/2, head
	var b strings.Builder
	b.WriteString(text(margin, 20, 6, "拼接图："+s.Title))
	for i, t := range []string{
		fmt.Sprintf("共 %d 张：横 %d 张，竖 %d 张；拼好以后 %s × %s 毫米。", g.columns*g.rows, g.columns, g.rows, number(math.Round(g.width)), number(math.Round(g.height))),
		"打印时选“实际大小”或 100%，不要选“适合纸张”。先量下面这条线，正好 100 毫米再往下打。",
		"每张按实线“裁”切掉左边和上边的白边，压在左边、上边那张上，盖到虚线“粘到这里”为止。",
	} {
		b.WriteString(text(margin, 29+float64(i)*6, 3.6, t))
	}
	b.WriteString(rule(margin, 52, ruler))
	for r := range g.rows {
		for c := range g.columns {
			rx, ry := x+float64(c)*g.stepX()*small, y+float64(r)*g.stepY()*small
			rw, rh := (g.stepX()+tileOverlap)*small, (g.stepY()+tileOverlap)*small
			fmt.Fprintf(&b, `<rect x="%s" y="%s" width="%s" height="%s" fill="none" stroke="#000" stroke-width=".3"/>`, number(rx), number(ry), number(rw), number(rh))
			label := fmt.Sprintf("%d-%d", r+1, c+1)
			fmt.Fprintf(&b, `<rect x="%s" y="%s" width="14" height="8" fill="#fff" stroke="#000" stroke-width=".2"/>`, number(rx+rw/2-7), number(ry+rh/2-5.6))
			b.WriteString(text(rx+rw/2-4.6, ry+rh/2, 5, label))
		}
	}
	return leaf{Width: w, Height: h, Window: [4]float64{x, y, g.width * small, g.height * small}, X: x, Y: y, Scale: scale * small, Marks: b.String()}
}

// rule is a line of that length with a tick every ten millimetres.
func rule(x, y, length float64) string {
	var b strings.Builder
	b.WriteString(line(x, y, x+length, y, ""))
	for d := 0.0; d <= length; d += 10 {
		up := 2.0
		if math.Mod(d, 50) == 0 {
			up = 4
		}
		b.WriteString(line(x+d, y, x+d, y-up, ""))
	}
	return b.String() + text(x+length+2, y, 3, "100 毫米")
}
