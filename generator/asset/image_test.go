package asset

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
	"slices"
	"strings"
	"testing"

	"biandan/generator/diag"
)

// spent returns the bytes that f takes from the heap, all together.
func spent(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func be16(n int) []byte { return binary.BigEndian.AppendUint16(nil, uint16(n)) }
func be32(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

// segment is one of a JPEG.
func segment(marker byte, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return bytes.Join([][]byte{{0xFF, marker}, be16(len(body) + 2), body}, nil)
}

// behindStart puts segments behind the first two bytes of a JPEG.
func behindStart(jpg []byte, segments ...[]byte) []byte {
	return bytes.Join([][]byte{jpg[:2], bytes.Join(segments, nil), jpg[2:]}, nil)
}

// chunk is one of a PNG.
func chunk(kind string, data []byte) []byte {
	body := append([]byte(kind), data...)
	return bytes.Join([][]byte{be32(len(data)), body, be32(int(crc32.ChecksumIEEE(body)))}, nil)
}

// behindHeader puts chunks behind the header of a PNG.
func behindHeader(png []byte, chunks ...[]byte) []byte {
	return bytes.Join([][]byte{png[:33], bytes.Join(chunks, nil), png[33:]}, nil)
}

// flag is a picture that is wider than high, with one corner in another colour.
func flag(c color.Color) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, 48, 32))
	for y := range 32 {
		for x := range 48 {
			m.Set(x, y, c)
			if x < 16 && y < 16 {
				m.Set(x, y, color.White)
			}
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// film is an animation of so many equal frames, which takes little room.
func film(t testing.TB, frames, side int) []byte {
	t.Helper()
	one := &gif.GIF{Image: []*image.Paletted{image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.Black, color.White})}, Delay: []int{1}, Config: image.Config{Width: side, Height: side}}
	one.Config.ColorModel = one.Image[0].Palette
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, one); err != nil {
		t.Fatal(err)
	}
	head, body := 13+6, b.Len()-1
	return bytes.Join([][]byte{b.Bytes()[:head], bytes.Repeat(b.Bytes()[head:body], frames), {0x3B}}, nil)
}

// scanned is the beginning of a progressive JPEG with so many scans of nothing.
func scanned(scans, side int) []byte {
	scan := append(segment(0xDA, []byte{1, 1, 0, 0, 0, 0}), bytes.Repeat([]byte{0x55}, 64)...)
	return bytes.Join([][]byte{{0xFF, 0xD8}, segment(0xC2, []byte{8}, be16(side), be16(side), []byte{1, 1, 0x11, 0}), bytes.Repeat(scan, scans), {0xFF, 0xD9}}, nil)
}

// TestCostlyPicturesAreRefusedUndecoded wants a finding about files that are
// small and would be large in memory, or long in the making, before that is so.
func TestCostlyPicturesAreRefusedUndecoded(t *testing.T) {
	lie := func(width, height int) []byte {
		return bytes.Join([][]byte{[]byte("\x89PNG\r\n\x1A\n"), chunk("IHDR", bytes.Join([][]byte{be32(width), be32(height), {8, 6, 0, 0, 0}}, nil)), chunk("tEXt", make([]byte, 4096)), chunk("IDAT", make([]byte, 64)), chunk("IEND", nil)}, nil)
	}
	deep := lie(7000, 7000)
	deep[24] = 16
	binary.BigEndian.PutUint32(deep[29:], crc32.ChecksumIEEE(deep[12:29]))
	short := asJPEG(t, flag(color.Black))
	at := bytes.Index(short, []byte{0xFF, 0xC0})
	copy(short[at+5:], append(be16(7000), be16(7000)...))
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"film.gif", "“film.gif”有 1500 帧，画面 1000×1000 像素", film(t, 1500, 1000)},
		{"small.gif", "“small.gif”有 2001 帧，画面 4×4 像素", film(t, 2001, 4)},
		{"scans.jpg", "“scans.jpg”有 2000×2000 像素，要扫描 101 遍才完整", scanned(101, 2000)},
		{"large.jpg", "“large.jpg”有 5000×5000 像素，要扫描 90 遍才完整", scanned(90, 5000)},
		{"deep.jpg", "“deep.jpg”有 7000×7000 像素，又是渐进式的 JPG", scanned(1, 7000)},
		{"lie.png", "“lie.png”只有一半，或者已经损坏", lie(7000, 7000)},
		{"tall.png", "“tall.png”只有一半，或者已经损坏", lie(1, 50_000_000)},
		{"lie.jpg", "“lie.jpg”只有一半，或者已经损坏", short},
		{"deep.png", "“deep.png”有 7000×7000 像素，每个颜色 16 位", deep},
		{"huge.png", "“huge.png”有 10000×10000 像素", lie(10000, 10000)},
	} {
		bag := &diag.Bag{}
		if n := spent(func() { PrepareImage("content/"+c.name, c.data, bag) }); n > 1<<20 {
			t.Errorf("%s: %d bytes of memory for a file of %d", c.name, n, len(c.data))
		}
		if l := bag.List(); len(l) != 1 || l[0].Message != c.want {
			t.Errorf("%s: %v, want %s", c.name, l, c.want)
		}
	}
}

// TestUsualPicturesAreNotRefused keeps the limits away from what people have. Whether a
// picture costs too much is known before it is decoded; small ones are made ready as well.
func TestUsualPicturesAreNotRefused(t *testing.T) {
	of := func(times int) map[string][]byte {
		blank := image.NewGray(image.Rect(0, 0, 200*times, 150*times)) // packed better than anything else
		return map[string][]byte{
			"blank.png": asPNG(t, blank), "blank.jpg": asJPEG(t, blank), "film.gif": film(t, 400, 50*times),
			"bit.png": asPNG(t, image.NewPaletted(image.Rect(0, 0, 300*times, 300*times), color.Palette{color.Black, color.White})),
		}
	}
	for name, data := range of(10) {
		c, _, err := image.DecodeConfig(bytes.NewReader(data))
		f := lookAt(kindOf(data), data)
		if p := f.tooMuch(name, c.Width, c.Height); err != nil || p != nil || f.least > int64(len(data)) || f.frames == 0 {
			t.Errorf("%s: %v, %v", name, err, p)
		}
	}
	for name, data := range of(2) {
		bag := &diag.Bag{}
		if _, ok := PrepareImage(name, data, bag); !ok {
			t.Errorf("%s: %v", name, bag.List())
		}
	}
}

// TestLargePictureIsScaledInLittleMemory wants of a tall picture no more memory
// than a few times what its pixels need.
func TestLargePictureIsScaledInLittleMemory(t *testing.T) {
	src := image.NewGray(image.Rect(0, 0, 2140, 6420))
	if n := spent(func() { fit(src, false) }); n > 140<<20 {
		t.Errorf("%d MB to scale %d MB", n>>20, len(src.Pix)>>20)
	}
	if n := spent(func() { fit(image.NewGray(image.Rect(0, 0, 1, 5_000_000)), false) }); n > 13<<20 {
		t.Errorf("%d MB to scale one column", n>>20)
	}
}

// tiff is EXIF with the fields given, each a number, and one that no library
// knows before them.
func tiff(order binary.AppendByteOrder, fields ...[2]int) []byte {
	var b []byte
	if order == binary.AppendByteOrder(binary.BigEndian) {
		b = append(b, "MM"...)
	} else {
		b = append(b, "II"...)
	}
	b = order.AppendUint32(order.AppendUint16(b, 42), 8)
	b = order.AppendUint16(b, uint16(len(fields)+1))
	b = order.AppendUint32(order.AppendUint32(order.AppendUint16(order.AppendUint16(b, 0x010F), 129), 0x7FFFFFFF), 0x7FFFFFFF)
	for _, f := range fields {
		b = order.AppendUint32(order.AppendUint16(order.AppendUint16(b, uint16(f[0])), 3), 1)
		b = order.AppendUint16(order.AppendUint16(b, uint16(f[1])), 0)
	}
	return append(order.AppendUint32(b, 0), "GPSCANARY"...)
}

// TestPicturesAreTurnedAndFreedByTheirBytes prepares pictures with metadata of all
// kinds, under names of all kinds.
func TestPicturesAreTurnedAndFreedByTheirBytes(t *testing.T) {
	red := color.NRGBA{200, 30, 30, 255}
	jpg, pic := asJPEG(t, flag(red)), asPNG(t, flag(red))
	turn := tiff(binary.BigEndian, [2]int{0x0112, 6})
	app1 := segment(0xE1, []byte("Exif\x00\x00"), turn)
	notes := [][]byte{segment(0xE1, []byte("http://ns.adobe.com/xap/1.0/\x00GPSCANARY")), segment(0xED, []byte("Photoshop 3.0\x008BIM GPSCANARY")), segment(0xFE, []byte("GPSCANARY")), segment(0xE2, []byte("MPF\x00GPSCANARY"))}
	xmp := []byte("\x21\xFF\x0BXMP DataXMP\x09GPSCANARY\x00\x21\xFE\x09GPSCANARY\x00")
	anim := film(t, 2, 16)
	for _, c := range []struct {
		name          string
		data          []byte
		width, height int
	}{
		{"a.jpg", behindStart(jpg, append(notes, app1)...), 32, 48},
		{"a.JFIF", behindStart(jpg, app1, bytes.Join(notes, nil)), 32, 48},
		{"fill.jpg", behindStart(jpg, []byte{0xFF, 0xFF, 0xFF}, app1), 32, 48},
		{"little.jpe", behindStart(jpg, segment(0xE1, []byte("Exif\x00\x00"), tiff(binary.LittleEndian, [2]int{0x0112, 8}))), 32, 48},
		{"behind.jpg", append(bytes.Clone(jpg), "GPSCANARY"...), 48, 32},
		{"jpeg-called.png", behindStart(jpg, app1), 32, 48},
		{"png-called.jpg", behindHeader(pic, chunk("eXIf", turn), chunk("tEXt", []byte("Comment\x00GPSCANARY")), chunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00GPSCANARY"))), 32, 48},
		{"behind.PNG", append(bytes.Clone(pic), "GPSCANARY"...), 48, 32},
		{"film.gif", bytes.Join([][]byte{anim[:19], xmp, anim[19:], []byte("GPSCANARY")}, nil), 16, 16},
	} {
		bag := &diag.Bag{}
		img, ok := PrepareImage(c.name, c.data, bag)
		if !IsPicture("x", c.data) || !ok || img.Width != c.width || img.Height != c.height {
			t.Errorf("%s: %d×%d, want %d×%d; %v", c.name, img.Width, img.Height, c.width, c.height, bag.List())
		}
		if bytes.Contains(img.Data, []byte("CANARY")) || bytes.Contains(img.Data, []byte("Exif")) {
			t.Errorf("%s: metadata is published", c.name)
		}
	}
}

// TestOtherKindsOfPicturesAreNamed wants the finding to say what a file is and how
// to make a picture of it.
func TestOtherKindsOfPicturesAreNamed(t *testing.T) {
	box := func(brands string) []byte {
		return append(append(be32(8+len(brands)), "ftyp"+brands...), make([]byte, 32)...)
	}
	still := behindHeader(asPNG(t, flag(color.Black)), chunk("acTL", append(be32(12), be32(0)...)))
	for _, c := range []struct {
		name string
		data []byte
		want []string
	}{
		{"x.jpg", box("heic\x00\x00\x00\x00mif1heic"), []string{"其实是 HEIC", ".jpg", "改成 JPG 导出，不要只改名字"}},
		{"x.heic", box("mif1\x00\x00\x00\x00mif1heic"), []string{"是 HEIC 图片", "改成 JPG 导出"}},
		{"x.avif", box("mif1\x00\x00\x00\x00avifmif1"), []string{"是 AVIF 图片", "另存为 JPG"}},
		{"x.webp", []byte("RIFF\x00\x00\x00\x00WEBPVP8 0000000"), []string{"是 WebP 图片", "另存为 JPG 或 PNG"}},
		{"x.png", []byte("RIFF\x00\x00\x00\x00WEBPVP8 0000000"), []string{"其实是 WebP 图片，名字却是 .png"}},
		{"x.tif", []byte("II*\x00aaaaaaaaaaaaaaaaaaa"), []string{"是 TIFF 图片，有的"}},
		{"x.bin", []byte("BM\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x28\x00\x00\x00\x00"), []string{"其实是 BMP"}},
		{"x.apng", still, []string{"会动的 PNG（APNG），有 12 帧", "GIF"}},
		{"x.jfif", []byte("no picture"), []string{"不是 JPEG、PNG 或 GIF"}},
	} {
		bag := &diag.Bag{}
		if !IsPicture(c.name, c.data) {
			t.Errorf("%s is not taken for a picture", c.name)
		}
		_, ok := PrepareImage(c.name, c.data, bag)
		l := bag.List()
		for _, want := range c.want {
			if ok || len(l) != 1 || !strings.Contains(l[0].Message+l[0].Hint, want) {
				t.Errorf("%s: %v, want %s", c.name, l, want)
			}
		}
	}
	for name, data := range map[string][]byte{"x.mp4": box("isom\x00\x00\x00\x00isomavc1mp41"), "x.pdf": []byte("%PDF-1.7 and so on, it is long"), "BMW.txt": []byte("BMW is the name of a firm in Munich")} {
		if IsPicture(name, data) {
			t.Errorf("%s is taken for a picture", name)
		}
	}
}

// profile is an ICC profile of three primaries and a curve, as cameras write it.
func profile(primaries [3][3]float64, curve []byte) []byte {
	fixed := func(v float64) []byte { return be32(int(int32(v * 65536))) }
	names := []string{"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"}
	head := make([]byte, 132)
	copy(head[16:], "RGB XYZ ")
	copy(head[36:], "acsp")
	head[131] = byte(len(names))
	var tags, body []byte
	from := len(head) + 12*len(names)
	for i, name := range names {
		data := curve
		if i < 3 {
			data = []byte("XYZ \x00\x00\x00\x00")
			for row := range 3 {
				data = append(data, fixed(primaries[i][row])...)
			}
		}
		tags = append(tags, bytes.Join([][]byte{[]byte(name), be32(from + len(body)), be32(len(data))}, nil)...)
		body = append(body, data...)
	}
	return bytes.Join([][]byte{head, tags, body}, nil)
}

var (
	displayP3  = [3][3]float64{{0.51512, 0.2412, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.1571, 0.06657, 0.78407}}
	plainRGB   = [3][3]float64{{0.43607, 0.22249, 0.01392}, {0.38515, 0.71687, 0.09708}, {0.14307, 0.06061, 0.7141}}
	ofScreen   = bytes.Join([][]byte{[]byte("para\x00\x00\x00\x00\x00\x03\x00\x00"), be32(157286), be32(62119), be32(3417), be32(5072), be32(2651)}, nil) // 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045
	ofAPower   = append([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x01"), be16(563)...)                                                                     // 2.2
	ofPoints   = append([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x03"), 0, 0, 0x37, 0, 0xFF, 0xFF)
	ofNonsense = append([]byte("curv\x00\x00\x00\x00\xFF\xFF\xFF\xFF"), 0, 0)
)

// TestColoursBecomeThoseOfTheWeb brings wide colours to sRGB, and leaves sRGB.
func TestColoursBecomeThoseOfTheWeb(t *testing.T) {
	pink := color.NRGBA{200, 80, 80, 255}
	jpg, pic := asJPEG(t, flag(pink)), asPNG(t, flag(pink))
	icc := func(p []byte) []byte { return segment(0xE2, []byte("ICC_PROFILE\x00\x01\x01"), p) }
	p3 := profile(displayP3, ofScreen)
	adobe := segment(0xE1, []byte("Exif\x00\x00"), []byte("II*\x00\x08\x00\x00\x00\x01\x00\x69\x87\x04\x00\x01\x00\x00\x00\x1A\x00\x00\x00\x00\x00\x00\x00\x01\x00\x01\xA0\x03\x00\x01\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00"))
	for _, c := range []struct {
		name string
		data []byte
		want color.NRGBA
	}{
		{"no profile", jpg, pink},
		{"p3.jpg", behindStart(jpg, icc(p3)), color.NRGBA{214, 69, 73, 255}},
		{"p3 in parts", behindStart(jpg, segment(0xE2, []byte("ICC_PROFILE\x00\x02\x02"), p3[100:]), segment(0xE2, []byte("ICC_PROFILE\x00\x01\x02"), p3[:100])), color.NRGBA{214, 69, 73, 255}},
		{"p3.png", behindHeader(pic, chunk("iCCP", append([]byte("p3\x00\x00"), deflated(t, p3)...))), color.NRGBA{214, 69, 73, 255}},
		{"sRGB", behindStart(jpg, icc(profile(plainRGB, ofScreen))), pink},
		{"about sRGB", behindStart(jpg, icc(profile(plainRGB, ofPoints))), color.NRGBA{213, 103, 103, 255}},
		{"a power", behindStart(jpg, icc(profile(displayP3, ofAPower))), color.NRGBA{214, 69, 73, 255}},
		{"Adobe without profile", behindStart(jpg, adobe), color.NRGBA{231, 78, 78, 255}},
		{"nonsense", behindStart(jpg, icc(profile(displayP3, ofNonsense))), pink},
		{"cut off", behindStart(jpg, icc(p3[:200])), pink},
		{"a bomb", behindHeader(pic, chunk("iCCP", append([]byte("p3\x00\x00"), deflated(t, make([]byte, 20<<20))...))), pink},
	} {
		bag := &diag.Bag{}
		var img Image
		if n := spent(func() { img, _ = PrepareImage(c.name, c.data, bag) }); n > 8<<20 {
			t.Errorf("%s: %d bytes of memory", c.name, n)
		}
		m, _, err := image.Decode(bytes.NewReader(img.Data))
		if err != nil {
			t.Errorf("%s: %v %v", c.name, err, bag.List())
			continue
		}
		r, g, b, _ := m.At(40, 24).RGBA()
		for i, d := range []int{int(r>>8) - int(c.want.R), int(g>>8) - int(c.want.G), int(b>>8) - int(c.want.B)} {
			if d < -4 || d > 4 {
				t.Errorf("%s: colour %d is off by %d", c.name, i, d)
			}
		}
	}
}

// grain is a picture that cannot be packed well.
func grain(width, height int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	n := uint32(1)
	for i := range m.Pix {
		n = n*1664525 + 1013904223
		m.Pix[i] = uint8(n >> 24)
	}
	return m
}

// TestCopiesForNarrowScreens wants copies only where they spare the reader something.
func TestCopiesForNarrowScreens(t *testing.T) {
	wide, high := asJPEG(t, grain(2000, 100)), asJPEG(t, grain(100, 1000))
	for _, c := range []struct {
		name   string
		data   []byte
		width  int
		copies []int
	}{
		{"wide", wide, 1600, []int{1080, 720}},
		{"turned", behindStart(high, segment(0xE1, []byte("Exif\x00\x00"), tiff(binary.LittleEndian, [2]int{0x0112, 6}))), 1000, []int{720}},
		{"as wide as a copy", asJPEG(t, grain(1100, 100)), 1100, []int{720}},
		{"small", asJPEG(t, grain(900, 100)), 900, nil},
		{"drawn with few colours", asPNG(t, image.NewPaletted(image.Rect(0, 0, 1500, 20), color.Palette{color.Black, color.White})), 1500, nil},
		{"wide and drawn", asPNG(t, grain(1700, 100)), 1600, []int{1080, 720}},
		{"film", film(t, 3, 1500), 1500, nil},
	} {
		bag := &diag.Bag{}
		img, ok := PrepareImage(c.name, c.data, bag)
		var widths []int
		for _, one := range img.Copies {
			widths = append(widths, one.Width)
			made, kind, err := image.DecodeConfig(bytes.NewReader(one.Data))
			if err != nil || made.Width != one.Width || made.Height != (img.Height*one.Width+img.Width/2)/img.Width || kind != strings.ToLower(kindOf(img.Data)) {
				t.Errorf("%s: a copy of %+v, %s: %v", c.name, made, kind, err)
			}
		}
		if !ok || img.Width != c.width || !slices.Equal(widths, c.copies) {
			t.Errorf("%s: %d wide, copies %v, found %v", c.name, img.Width, widths, bag.List())
		}
	}
}

func deflated(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write(data); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzPrepareImage: whatever a file is, it is a picture or a finding.
func FuzzPrepareImage(f *testing.F) {
	f.Add(asPNG(f, flag(color.Black)))
	f.Add(behindStart(asJPEG(f, flag(color.Black)), segment(0xE1, []byte("Exif\x00\x00"), tiff(binary.LittleEndian, [2]int{0x0112, 3})), segment(0xE2, []byte("ICC_PROFILE\x00\x01\x01"), profile(displayP3, ofScreen))))
	f.Add(film(f, 3, 8))
	f.Add(scanned(2, 16))
	f.Fuzz(func(t *testing.T, data []byte) {
		bag := &diag.Bag{}
		img, ok := PrepareImage("x", data, bag)
		if ok != (len(bag.List()) == 0) || ok && (img.Width < 1 || len(img.Data) == 0) {
			t.Errorf("%v: %v", ok, bag.List())
		}
	})
}
