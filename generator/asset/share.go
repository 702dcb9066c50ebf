package asset

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"golang.org/x/image/vector"
)

var (
	shareRed  = color.RGBA{0xB7, 0x1C, 0x1C, 0xFF}
	sharePole = color.RGBA{0xFB, 0xF8, 0xF3, 0xFF}
	shareGold = color.RGBA{0xC9, 0xA2, 0x27, 0xFF}
)

const (
	shareWidth, shareHeight = 1200, 630 // pixels; the form that all programs show whole

	shades    = 16  // between the red and the pole
	markSide  = 64  // of the drawing of the mark, as in the theme
	shareSide = 448 // of the mark in the picture
	goldLine  = 8   // height of the line
	goldAbove = 48  // what is below it
)

// Share draws the picture that stands beside a link to a page where people share it, as a
// PNG: our mark, the shoulder pole, on red above a golden line. It has no words, as those
// stand beside it.
func Share() []byte {
	palette := make(color.Palette, 0, shades+2)
	for i := range shades + 1 {
		palette = append(palette, between(shareRed, sharePole, i))
	}
	img := image.NewPaletted(image.Rect(0, 0, shareWidth, shareHeight), append(palette, shareGold))
	mark, left, top := drawMark(shareSide), (shareWidth-shareSide)/2, (shareHeight-goldAbove-shareSide)/2
	for y := range shareSide {
		for x := range shareSide {
			img.SetColorIndex(left+x, top+y, uint8((int(mark.AlphaAt(x, y).A)*shades+127)/255))
		}
	}
	for y := shareHeight - goldAbove - goldLine; y < shareHeight-goldAbove; y++ {
		for x := range shareWidth {
			img.SetColorIndex(x, y, shades+1)
		}
	}
	var out bytes.Buffer
	png.Encode(&out, img) // fails only where its writer does
	return out.Bytes()
}

// between is a color on the way from one to another.
func between(from, to color.RGBA, shade int) color.RGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*(shades-shade) + int(b)*shade) / shades) }
	return color.RGBA{mix(from.R, to.R), mix(from.G, to.G), mix(from.B, to.B), 0xFF}
}

// drawMark draws the mark of the theme (partials/mark.html) in a square of so many pixels.
func drawMark(side int) *image.Alpha {
	r := vector.NewRasterizer(side, side)
	scale := float32(side) / markSide
	move := func(x, y float32) { r.MoveTo(x*scale, y*scale) }
	line := func(x, y float32) { r.LineTo(x*scale, y*scale) }
	bow := func(bx, by, x, y float32) { r.QuadTo(bx*scale, by*scale, x*scale, y*scale) }
	move(3, 30) // the pole
	bow(32, 6, 61, 30)
	bow(32, 13, 3, 30)
	r.ClosePath()
	for _, x := range []float32{7, 57} {
		move(x-0.75, 29) // the rope
		line(x+0.75, 29)
		line(x+0.75, 43)
		line(x-0.75, 43)
		r.ClosePath()
		circle(r, x*scale, 48*scale, 6*scale) // the load
	}
	mark := image.NewAlpha(image.Rect(0, 0, side, side))
	r.Draw(mark, mark.Bounds(), image.Opaque, image.Point{})
	return mark
}

// circle adds a circle, which runs as the other parts do.
func circle(r *vector.Rasterizer, x, y, radius float32) {
	const k = 0.5523 // how far the handles of a quarter are
	h := k * radius
	r.MoveTo(x+radius, y)
	r.CubeTo(x+radius, y+h, x+h, y+radius, x, y+radius)
	r.CubeTo(x-h, y+radius, x-radius, y+h, x-radius, y)
	r.CubeTo(x-radius, y-h, x-h, y-radius, x, y-radius)
	r.CubeTo(x+h, y-radius, x+radius, y-h, x+radius, y)
	r.ClosePath()
}
