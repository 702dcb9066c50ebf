package asset

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"path"

	"biandan/generator/diag"
)

var (
	ruleNotImage = diag.Define(diag.Rule{Code: "E0504", Name: "不是图片", Severity: diag.Error,
		Why: "文件名像图片，内容却不是，网页上会缺一块；也可能是没有传完", Mend: "用看图软件打开试试，另存为 JPEG 或 PNG"})
	ruleHugeImage = diag.Define(diag.Rule{Code: "E0505", Name: "图片尺寸过大", Severity: diag.Error,
		Why: "特别大的图片会占满内存，居民的手机也打不开", Mend: "先把长边缩小到 7000 像素以内"})
)

// What a picture may cost before it is small: pixels that are kept in memory, for
// which frames that follow each other and scans count, too.
const (
	maxPixels = 52 << 20      // what the largest telephones make
	maxFilm   = 2 * maxPixels // of all frames of a GIF, which needs a byte for each
	maxFrames = 2000
	maxScans  = 100 // of a JPEG; programs make about ten
	maxWork   = 30 * maxPixels
)

const (
	pageWidth   = 1600 // pixels; twice the width of the text
	pageHeight  = 3200
	jpegQuality = 82
)

// narrower are the widths of the copies of a wide picture: what the screens of
// most telephones have, and of small ones.
var narrower = []int{1080, 720}

// Image is a picture ready to publish.
type Image struct {
	Data          []byte
	Width, Height int
	Copies        []Copy // for narrower screens, from wide to narrow
}

// Copy is a picture once more, made smaller.
type Copy struct {
	Data  []byte
	Width int
}

// problem is what is wrong with a picture; mend may be empty.
type problem struct {
	rule          *diag.Rule
	message, mend string
}

// PrepareImage checks a picture, which is what its bytes say, and returns it
// upright, in the colours that everybody expects, without metadata and at
// most 1600 pixels wide and 3200 high, with copies for narrow screens. Findings
// go to bag.
func PrepareImage(file string, data []byte, bag *diag.Bag) (img Image, ok bool) {
	img, p := prepare(path.Base(file), data)
	if p != nil {
		bag.Add(p.rule, diag.Pos{File: file}, p.message, p.mend)
		return Image{}, false
	}
	return img, true
}

func prepare(name string, data []byte) (Image, *problem) {
	kind := kindOf(data)
	if kind != kindJPEG && kind != kindPNG && kind != kindGIF {
		return Image{}, otherKind(name, kind)
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return Image{}, otherKind(name, "")
	}
	half := &problem{ruleNotImage, fmt.Sprintf("“%s”只有一半，或者已经损坏", name), ""}
	f := lookAt(kind, data)
	if p := f.tooMuch(name, c.Width, c.Height); p != nil {
		return Image{}, p
	}
	if f.least > int64(len(data)) || f.frames == 0 {
		return Image{}, half
	}
	img := Image{Width: c.Width, Height: c.Height}
	if kind == kindGIF {
		img.Data, err = filmAgain(data)
	} else {
		img, err = pictureAgain(data, f)
	}
	if err != nil {
		return Image{}, half
	}
	return img, nil
}

// tooMuch is the finding about a picture that costs too much to be decoded, or
// would lose what it is; nil for none.
func (f facts) tooMuch(name string, width, height int) *problem {
	pixels := int64(width) * int64(height)
	switch {
	case pixels > maxPixels || pixels < 1:
		return &problem{ruleHugeImage, fmt.Sprintf("“%s”有 %d×%d 像素", name, width, height), ""}
	case f.deep && pixels > maxPixels/2:
		return &problem{ruleHugeImage, fmt.Sprintf("“%s”有 %d×%d 像素，每个颜色 16 位", name, width, height), "另存为 8 位的 PNG 或者 JPG；或者先把长边缩小到 5000 像素以内"}
	case f.progressive && pixels > maxPixels/2: // whose scans are all kept until the last
		return &problem{ruleHugeImage, fmt.Sprintf("“%s”有 %d×%d 像素，又是渐进式的 JPG", name, width, height), "另存为普通的 JPG，不要勾选“渐进式”；或者先把长边缩小到 5000 像素以内"}
	case f.scans > maxScans || int64(f.scans)*pixels > maxWork:
		return &problem{ruleHugeImage, fmt.Sprintf("“%s”有 %d×%d 像素，要扫描 %d 遍才完整", name, width, height, f.scans), "用看图软件打开，另存为普通的 JPG"}
	case f.frames > maxFrames || f.pixels > maxFilm:
		return &problem{ruleHugeImage, fmt.Sprintf("“%s”有 %d 帧，画面 %d×%d 像素", name, f.frames, width, height), "减少帧数或者缩小画面；长的动画改成视频，写成链接"}
	case f.frames > 1 && f.kind == kindPNG:
		return &problem{ruleNotImage, fmt.Sprintf("“%s”是会动的 PNG（APNG），有 %d 帧，本工具只能留下第一帧", name, f.frames), "另存为 GIF 动画；只要一幅不动的，另存为普通的 PNG"}
	}
	return nil
}

// pictureAgain decodes a picture and makes the one that is published.
func pictureAgain(data []byte, f facts) (Image, error) {
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return Image{}, err
	}
	o := exifOf(f.exif).orientation()
	picture = asRGB(upright(fit(picture, o >= 5), o), f)
	img := Image{Width: picture.Bounds().Dx(), Height: picture.Bounds().Dy()}
	if img.Data, err = encoded(picture, f.kind); err != nil {
		return Image{}, err
	}
	img.Copies, err = copiesOf(picture, f.kind, len(img.Data))
	return img, err
}

// copiesOf makes the copies of a picture that has so many bytes: only those that are
// smaller by a quarter at least than the one before, and take less to load.
func copiesOf(picture image.Image, kind string, size int) (copies []Copy, err error) {
	b := picture.Bounds()
	wide := b.Dx()
	for _, w := range narrower {
		if 4*w > 3*wide {
			continue
		}
		data, err := encoded(scaled(picture, w, max(1, (b.Dy()*w+b.Dx()/2)/b.Dx())), kind)
		if err != nil {
			return nil, err
		}
		if len(data) < size { // a drawing of few colours may grow
			copies = append(copies, Copy{data, w})
			wide, size = w, len(data)
		}
	}
	return copies, nil
}

func encoded(picture image.Image, kind string) ([]byte, error) {
	var out bytes.Buffer
	if kind == kindJPEG {
		err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: jpegQuality})
		return out.Bytes(), err
	}
	err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&out, picture)
	return out.Bytes(), err
}

// filmAgain writes an animation anew, without its comments.
func filmAgain(data []byte) ([]byte, error) {
	g, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = gif.EncodeAll(&out, g)
	return out.Bytes(), err
}
