package asset

import (
	"encoding/binary"
	"image"
	"math"
	"sync"

	"golang.org/x/image/draw"
)

// A picture without a profile is taken for sRGB by everybody. Telephones and
// cameras write wider ones; if only their profile were left out, the picture
// would look dull. So the colours are brought to sRGB. What a camera or a screen
// has is three curves and a matrix; profiles of printers, with tables, stay as
// they are.

// colours are those of a profile: what each of the 256 steps of red, green and
// blue is as light, and what the three lights are in the space that all profiles share.
type colours struct {
	curve  [3][256]float64
	matrix [3][3]float64 // row by row: X, Y, Z of red, green, blue
}

// toRGB leads from the space that all profiles share (XYZ under D50) to the lights of sRGB.
var toRGB = [3][3]float64{
	{3.1338561, -1.6168667, -0.4906146},
	{-0.9787684, 1.9161415, 0.0334540},
	{0.0719453, -0.2289914, 1.4052427},
}

// adobeRGB are the colours of Adobe RGB (1998).
var adobeRGB = sync.OnceValue(func() *colours {
	c := &colours{matrix: [3][3]float64{{0.60974, 0.20528, 0.14919}, {0.31111, 0.62567, 0.06322}, {0.01947, 0.06087, 0.74457}}}
	for i := range c.curve {
		c.curve[i] = steps(func(v float64) float64 { return math.Pow(v, 2.19921875) })
	}
	return c
})

func steps(f func(v float64) float64) (curve [256]float64) {
	for i := range curve {
		curve[i] = min(1, max(0, f(float64(i)/255))) // not a number becomes one
	}
	return curve
}

// coloursOf reads a profile; nil when it is none of three curves and a matrix.
func coloursOf(profile []byte) *colours {
	if len(profile) < 132 || string(profile[16:20]) != "RGB " || string(profile[20:24]) != "XYZ " || string(profile[36:40]) != "acsp" {
		return nil
	}
	c := &colours{}
	for i, name := range []string{"r", "g", "b"} {
		xyz := tagOf(profile, name+"XYZ")
		curve, ok := curveOf(tagOf(profile, name+"TRC"))
		if len(xyz) < 20 || !ok {
			return nil
		}
		c.curve[i] = curve
		for row := range 3 {
			c.matrix[row][i] = fixed(xyz[8+4*row:])
		}
	}
	return c
}

// tagOf returns the bytes of a part of a profile.
func tagOf(profile []byte, name string) []byte {
	for i := range int(min(100, binary.BigEndian.Uint32(profile[128:]))) {
		at := 132 + 12*i
		if at+12 > len(profile) {
			break
		}
		from, size := int64(binary.BigEndian.Uint32(profile[at+4:])), int64(binary.BigEndian.Uint32(profile[at+8:]))
		if string(profile[at:at+4]) == name && from+size <= int64(len(profile)) {
			return profile[from : from+size]
		}
	}
	return nil
}

// fixed reads a number with 16 binary places.
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// curveOf reads a curve: a power, points of it, or a formula.
func curveOf(tag []byte) (curve [256]float64, ok bool) {
	if len(tag) < 12 {
		return curve, false
	}
	n, rest := int(binary.BigEndian.Uint32(tag[8:])), tag[12:]
	switch {
	case string(tag[:4]) == "para":
		return formulaOf(int(binary.BigEndian.Uint16(tag[8:])), rest)
	case string(tag[:4]) != "curv" || n < 0 || n > len(rest)/2:
		return curve, false
	case n == 0:
		return steps(func(v float64) float64 { return v }), true
	case n == 1:
		power := float64(binary.BigEndian.Uint16(rest)) / 256
		return steps(func(v float64) float64 { return math.Pow(v, power) }), true
	}
	return steps(func(v float64) float64 {
		at := v * float64(n-1)
		i := min(int(at), n-2)
		a, b := float64(binary.BigEndian.Uint16(rest[2*i:])), float64(binary.BigEndian.Uint16(rest[2*i+2:]))
		return (a + (b-a)*(at-float64(i))) / 65535
	}), true
}

// formulaOf reads a curve that is (a·v+b)^g+e from d on, and c·v+f below; the
// number of the formula says which of the letters are written.
func formulaOf(number int, rest []byte) (curve [256]float64, ok bool) {
	written := map[int]string{0: "g", 1: "gab", 2: "gabe", 3: "gabcd", 4: "gabcdef"}[number]
	if written == "" || len(rest) < 4*len(written) {
		return curve, false
	}
	p := map[rune]float64{'a': 1}
	for i, letter := range written {
		p[letter] = fixed(rest[4*i:])
	}
	switch number {
	case 1, 2:
		p['d'], p['f'] = -p['b']/p['a'], p['e']
	}
	return steps(func(v float64) float64 {
		if v < p['d'] {
			return p['c']*v + p['f']
		}
		return math.Pow(p['a']*v+p['b'], p['g']) + p['e']
	}), true
}

// rgb brings a colour to sRGB, as light from 0 to 1.
func (c *colours) rgb(r, g, b uint8) (light [3]float64) {
	in := [3]float64{c.curve[0][r], c.curve[1][g], c.curve[2][b]}
	var xyz [3]float64
	for i := range 3 {
		xyz[i] = c.matrix[i][0]*in[0] + c.matrix[i][1]*in[1] + c.matrix[i][2]*in[2]
	}
	for i := range 3 {
		light[i] = toRGB[i][0]*xyz[0] + toRGB[i][1]*xyz[1] + toRGB[i][2]*xyz[2]
	}
	return light
}

// lights is the number of steps of light that are told apart, which is enough for
// the darkest of the 256 steps of sRGB.
const lights = 1 << 14

// asStep is the step of sRGB for each step of light.
var asStep = sync.OnceValue(func() *[lights + 1]uint8 {
	table := &[lights + 1]uint8{}
	for i := range table {
		v := float64(i) / lights
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		table[i] = uint8(v*255 + 0.5)
	}
	return table
})

func stepOf(light float64) uint8 {
	return asStep()[int(min(1, max(0, light))*lights+0.5)]
}

// plain reports whether the colours are those of sRGB, but for a rounding.
func (c *colours) plain() bool {
	for _, r := range []uint8{0, 64, 160, 255} {
		for _, g := range []uint8{0, 100, 255} {
			for _, b := range []uint8{0, 130, 255} {
				light := c.rgb(r, g, b)
				for i, was := range []uint8{r, g, b} {
					if d := int(stepOf(light[i])) - int(was); d < -2 || d > 2 {
						return false
					}
				}
			}
		}
	}
	return true
}

// asRGB brings the colours of a picture to sRGB.
func asRGB(src image.Image, f facts) image.Image {
	c := coloursOf(f.profile)
	if c == nil && len(f.profile) == 0 && exifOf(f.exif).adobe() {
		c = adobeRGB()
	}
	if c == nil || c.plain() {
		return src
	}
	b := src.Bounds()
	dst := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(dst, dst.Bounds(), src, b.Min, draw.Src)
	for p := dst.Pix; len(p) > 0; p = p[4:] {
		light := c.rgb(p[0], p[1], p[2])
		for i := range 3 {
			p[i] = stepOf(light[i])
		}
	}
	return dst
}
