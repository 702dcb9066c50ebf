package asset

import (
	"image"

	"golang.org/x/image/draw"
)

// fit makes a picture no larger than a page needs; turned says that its sides
// will change places.
func fit(src image.Image, turned bool) image.Image {
	b := src.Bounds()
	maxW, maxH := pageWidth, pageHeight
	if turned {
		maxW, maxH = maxH, maxW
	}
	if b.Dx() <= maxW && b.Dy() <= maxH {
		return src
	}
	scale := min(float64(maxW)/float64(b.Dx()), float64(maxH)/float64(b.Dy()))
	return scaled(src, max(1, int(float64(b.Dx())*scale)), max(1, int(float64(b.Dy())*scale)))
}

// scaled is a picture made smaller, w pixels wide and h high.
func scaled(src image.Image, w, h int) image.Image {
	b := src.Bounds()
	src = coarse(src, b.Dx()/w, b.Dy()/h)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Src, nil)
	return dst
}

// coarse makes one pixel of each nx×ny. What is finer than a page can show needs no
// better way, and the better one takes 32 bytes for each row of each column of the page.
func coarse(src image.Image, nx, ny int) image.Image {
	if nx == 1 && ny == 1 {
		return src
	}
	b := src.Bounds()
	w, h := b.Dx()/nx, b.Dy()/ny
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	rows := image.NewRGBA(image.Rect(0, 0, w*nx, ny))
	sums := make([]int, 4*w)
	for y := range h {
		draw.Draw(rows, rows.Bounds(), src, image.Pt(b.Min.X, b.Min.Y+y*ny), draw.Src)
		clear(sums)
		for i := range ny {
			row := rows.Pix[i*rows.Stride:]
			for x := range w {
				for range nx {
					for c := range 4 {
						sums[4*x+c] += int(row[c])
					}
					row = row[4:]
				}
			}
		}
		for i, sum := range sums {
			dst.Pix[y*dst.Stride+i] = uint8((sum + nx*ny/2) / (nx * ny))
		}
	}
	return dst
}

// upright turns a picture by its EXIF orientation, 1 to 8.
func upright(src image.Image, o int) image.Image {
	if o < 2 || o > 8 {
		return src
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	if o >= 5 {
		w, h = h, w
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sx, sy := x, y
			switch o {
			case 2:
				sx = w - 1 - x
			case 3:
				sx, sy = w-1-x, h-1-y
			case 4:
				sy = h - 1 - y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, w-1-x
			case 7:
				sx, sy = h-1-y, w-1-x
			case 8:
				sx, sy = h-1-y, x
			}
			dst.Set(x, y, src.At(b.Min.X+sx, b.Min.Y+sy))
		}
	}
	return dst
}
