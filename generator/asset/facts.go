package asset

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
)

// facts are what the file of a picture says before anything of it is decoded: it
// is walked through from block to block, which costs what reading it costs.
type facts struct {
	kind        string
	frames      int   // pictures that follow each other
	pixels      int64 // of all frames together
	scans       int   // times that a JPEG goes over the whole picture
	progressive bool
	deep        bool  // two bytes for each sample
	least       int64 // bytes that so many pixels need, however well they are packed
	exif        []byte
	profile     []byte // of colours, ICC
	told        bool   // a JPEG or PNG has metadata
}

// lookAt returns the facts of a picture.
func lookAt(kind string, data []byte) (f facts) {
	switch kind {
	case kindJPEG:
		f = lookAtJPEG(data)
	case kindPNG:
		f = lookAtPNG(data)
	case kindGIF:
		f = lookAtGIF(data)
	}
	f.kind = kind
	return f
}

// lookAtJPEG goes from marker to marker. Between two of them lie lengths, fill
// bytes, or what a scan is coded in, where FF is followed by 00.
func lookAtJPEG(data []byte) (f facts) {
	profile := map[byte][]byte{} // its parts
	for at := 2; ; {
		n := bytes.IndexByte(data[at:], 0xFF)
		if n < 0 {
			break
		}
		for at += n; at < len(data) && data[at] == 0xFF; at++ {
		}
		if at+3 > len(data) || data[at] == 0xD9 {
			break
		}
		marker := data[at]
		at++
		if marker <= 1 || marker >= 0xD0 && marker <= 0xD8 {
			continue
		}
		size := int(binary.BigEndian.Uint16(data[at:]))
		if size < 2 || at+size > len(data) {
			break
		}
		segment := data[at+2 : at+size]
		at += size
		f.segment(marker, segment, profile)
	}
	f.frames, f.profile = 1, together(profile)
	return f
}

// segment takes in one segment of a JPEG.
func (f *facts) segment(marker byte, segment []byte, profile map[byte][]byte) {
	const icc = "ICC_PROFILE\x00"
	switch {
	case marker >= 0xC0 && marker <= 0xC2 && len(segment) > 5:
		f.progressive = marker == 0xC2
		f.pixels = int64(binary.BigEndian.Uint16(segment[1:])) * int64(binary.BigEndian.Uint16(segment[3:]))
		f.least = f.pixels / 64 / 8 // a block of 8×8 takes at least one bit
	case marker == 0xDA:
		f.scans++
	case marker == 0xE2 && bytes.HasPrefix(segment, []byte(icc)) && len(segment) > len(icc)+2:
		profile[segment[len(icc)]] = segment[len(icc)+2:]
	case marker == 0xE1 && bytes.HasPrefix(segment, []byte("Exif\x00")) && len(segment) > 6:
		if f.told = true; f.exif == nil {
			f.exif = segment[6:]
		}
	case marker >= 0xE1 && marker <= 0xEF && marker != 0xEE || marker == 0xFE:
		f.told = true
	}
}

// together joins the parts of a profile, which are numbered from 1.
func together(parts map[byte][]byte) (all []byte) {
	for n := 1; n <= len(parts); n++ {
		all = append(all, parts[byte(n)]...)
	}
	return all
}

// maxProfile is the size of the largest profile that is looked at; those of
// cameras and screens have a few kilobytes.
const maxProfile = 64 << 10

// lookAtPNG goes from chunk to chunk.
func lookAtPNG(data []byte) (f facts) {
	f.frames = 1
	packed, row, height := int64(0), int64(0), int64(0)
	for at := 8; at+12 <= len(data); {
		size := int(binary.BigEndian.Uint32(data[at:]))
		if size > len(data)-at-12 {
			break
		}
		chunk := data[at+8 : at+8+size]
		switch string(data[at+4 : at+8]) {
		case "IHDR":
			if size == 13 {
				width := int64(binary.BigEndian.Uint32(chunk))
				height = int64(binary.BigEndian.Uint32(chunk[4:]))
				samples := []int64{1, 1, 3, 1, 2, 1, 4}[min(6, chunk[9])]
				f.pixels, f.deep = width*height, chunk[8] == 16
				row = (width*samples*int64(chunk[8]) + 7) / 8
			}
		case "acTL":
			if size == 8 {
				f.frames = int(binary.BigEndian.Uint32(chunk))
			}
		case "eXIf":
			f.exif, f.told = bytes.TrimPrefix(chunk, []byte("Exif\x00\x00")), true
		case "tEXt", "zTXt", "iTXt", "tIME":
			f.told = true
		case "iCCP":
			f.profile = unpackProfile(chunk)
		case "IDAT":
			packed += int64(size)
		}
		at += 12 + size
	}
	f.least = (row + 1) * height / maxDeflate
	if packed < f.least {
		f.least = int64(len(data)) + 1 // what fills other chunks is no picture
	}
	return f
}

// maxDeflate is how many bytes one byte can be unpacked to.
const maxDeflate = 1032

func unpackProfile(chunk []byte) []byte {
	name := bytes.IndexByte(chunk, 0)
	if name < 0 || name+2 > len(chunk) {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(chunk[name+2:]))
	if err != nil {
		return nil
	}
	profile, err := io.ReadAll(io.LimitReader(z, maxProfile))
	if err != nil {
		return nil
	}
	return profile
}

// lookAtGIF goes from block to block.
func lookAtGIF(data []byte) (f facts) {
	table := func(flags byte) int { // the size of a table of colours
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	if len(data) < 13 {
		return f
	}
	for at := 13 + table(data[10]); at+10 <= len(data); {
		switch data[at] {
		case 0x21: // an extension
			at += 2
		case 0x2C: // a frame
			f.frames++
			f.pixels += int64(binary.LittleEndian.Uint16(data[at+5:])) * int64(binary.LittleEndian.Uint16(data[at+7:]))
			at += 11 + table(data[at+9])
		default:
			return f
		}
		for at < len(data) && data[at] != 0 { // what follows lies in pieces
			at += 1 + int(data[at])
		}
		at++
	}
	return f
}
