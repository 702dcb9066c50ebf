package asset

import (
	"bytes"
	"encoding/binary"
)

// What is read of EXIF is two numbers. The libraries that read all of it stop at
// the first field that they do not know, which a camera may well have put before
// them.

// The fields that are looked for.
const (
	tagOrientation = 0x0112
	tagPhoto       = 0x8769 // leads to the fields of the photograph
	tagColours     = 0xA001
	tagExchange    = 0xA005 // leads to the name of what the file keeps to
	tagRule        = 0x0001
)

// exif are fields of EXIF, which are a TIFF without a picture.
type exif struct {
	data  []byte
	order binary.ByteOrder
}

func exifOf(data []byte) exif {
	if bytes.HasPrefix(data, []byte("MM")) {
		return exif{data, binary.BigEndian}
	}
	return exif{data, binary.LittleEndian}
}

// field returns the four bytes that a directory has for a field: its value or
// where that stands; nil when there is no such field.
func (e exif) field(dir int, tag uint16) []byte {
	if dir < 8 || dir+2 > len(e.data) {
		return nil
	}
	for i := range int(e.order.Uint16(e.data[dir:])) {
		at := dir + 2 + 12*i
		if at+12 > len(e.data) {
			break
		}
		if e.order.Uint16(e.data[at:]) == tag {
			return e.data[at+8 : at+12]
		}
	}
	return nil
}

// first is where the fields of the picture stand.
func (e exif) first() int {
	if len(e.data) < 8 {
		return 0
	}
	return int(e.order.Uint32(e.data[4:]))
}

// below is where the directory stands that a field leads to.
func (e exif) below(dir int, tag uint16) int {
	if v := e.field(dir, tag); v != nil {
		return int(e.order.Uint32(v))
	}
	return 0
}

// orientation says how the picture must be turned, 1 to 8; 1 is as it is.
func (e exif) orientation() int {
	if v := e.field(e.first(), tagOrientation); v != nil {
		return int(e.order.Uint16(v))
	}
	return 1
}

// adobe reports whether the colours are those of Adobe RGB: cameras write it
// without a profile.
func (e exif) adobe() bool {
	photo := e.below(e.first(), tagPhoto)
	if v := e.field(photo, tagColours); v != nil && e.order.Uint16(v) == 2 {
		return true
	}
	return bytes.HasPrefix(e.field(e.below(photo, tagExchange), tagRule), []byte("R03"))
}
