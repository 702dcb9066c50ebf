package asset

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"path"
	"strings"

	"golang.org/x/image/draw"

	"biandan/generator/diag"
)

var (
	ruleNotImage = diag.Define(diag.Rule{Code: "E0504", Name: "不是图片", Severity: diag.Error,
		Why: "文件名像图片，内容却不是，网页上会缺一块；也可能是没有传完", Mend: "用看图软件打开试试，另存为 JPEG 或 PNG"})
	ruleHugeImage = diag.Define(diag.Rule{Code: "E0505", Name: "图片尺寸过大", Severity: diag.Error,
		Why: "特别大的图片会占满内存，居民的手机也打不开", Mend: "先把长边缩小到 7000 像素以内"})
)

const (
	maxPixels   = 52 << 20 // what the largest telephones make
	pageWidth   = 1600     // pixels; twice the width of the text
	pageHeight  = 3200
	jpegQuality = 82
)

// Image is a picture ready to publish.
type Image struct {
	Data          []byte
	Width, Height int
}

// IsImage reports whether the name is that of a picture, also of a kind that
// [PrepareImage] refuses because it cannot free it of its metadata.
func IsImage(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif":
		return true
	}
	return false
}

// PrepareImage checks a picture and returns it upright, without metadata and at
// most 1600 pixels wide and 3200 high. Findings go to bag.
func PrepareImage(file string, data []byte, bag *diag.Bag) (img Image, ok bool) {
	c, format, err := image.DecodeConfig(bytes.NewReader(data))
	at := diag.Pos{File: file}
	if err != nil {
		bag.Addf(ruleNotImage, at, "“%s”不是 JPEG、PNG 或 GIF 图片，或者已经损坏", path.Base(file))
		return Image{}, false
	}
	pixels := c.Width * c.Height
	if m := c.ColorModel; m == color.RGBA64Model || m == color.NRGBA64Model || m == color.Gray16Model {
		pixels *= 2
	}
	if pixels > maxPixels || pixels < 1 {
		bag.Addf(ruleHugeImage, at, "“%s”有 %d×%d 像素", path.Base(file), c.Width, c.Height)
		return Image{}, false
	}
	if format == "gif" {
		return prepareGIF(file, data, bag)
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		bag.Addf(ruleNotImage, at, "“%s”只有一半，或者已经损坏", path.Base(file))
		return Image{}, false
	}
	o := orientation(data)
	picture = upright(fit(picture, o >= 5), o)
	var out bytes.Buffer
	if format == "jpeg" {
		err = jpeg.Encode(&out, picture, &jpeg.Options{Quality: jpegQuality})
	} else {
		err = (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&out, picture)
	}
	if err != nil {
		bag.Addf(ruleNotImage, at, "“%s”不能重新保存", path.Base(file))
		return Image{}, false
	}
	return Image{out.Bytes(), picture.Bounds().Dx(), picture.Bounds().Dy()}, true
}

// prepareGIF writes an animation anew, without its comments.
func prepareGIF(file string, data []byte, bag *diag.Bag) (Image, bool) {
	g, err := gif.DecodeAll(bytes.NewReader(data))
	var out bytes.Buffer
	if err == nil {
		err = gif.EncodeAll(&out, g)
	}
	if err != nil {
		bag.Addf(ruleNotImage, diag.Pos{File: file}, "“%s”只有一半，或者已经损坏", path.Base(file))
		return Image{}, false
	}
	return Image{out.Bytes(), g.Config.Width, g.Config.Height}, true
}

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
	w, h := max(1, int(float64(b.Dx())*scale)), max(1, int(float64(b.Dy())*scale))
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(dst, dst.Bounds(), src, b, draw.Src, nil)
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

// orientation reads the EXIF orientation of a JPEG; 1 when there is none.
func orientation(data []byte) int {
	for at := 2; at+4 < len(data) && data[at] == 0xFF; {
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		if data[at+1] == 0xDA || size < 2 || at+2+size > len(data) {
			break
		}
		segment := data[at+4 : at+2+size]
		if data[at+1] == 0xE1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return tiffOrientation(segment[6:])
		}
		at += 2 + size
	}
	return 1
}

func tiffOrientation(t []byte) int {
	const tagOrientation = 0x0112
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(t, []byte("MM")) {
		order = binary.BigEndian
	}
	if len(t) < 8 {
		return 1
	}
	dir := int(order.Uint32(t[4:]))
	if dir < 8 || dir+2 > len(t) {
		return 1
	}
	n := int(order.Uint16(t[dir:]))
	for i := range n {
		e := dir + 2 + 12*i
		if e+12 > len(t) {
			break
		}
		if order.Uint16(t[e:]) == tagOrientation {
			return int(order.Uint16(t[e+8:]))
		}
	}
	return 1
}
