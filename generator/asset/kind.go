package asset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"path"
	"slices"
	"strings"
)

// The kinds of pictures that are published.
const (
	kindJPEG = "JPEG"
	kindPNG  = "PNG"
	kindGIF  = "GIF"
)

// kindOf returns the kind of a picture by its first bytes, whatever its name
// says; "" for what is no picture.
func kindOf(data []byte) string {
	for _, k := range []struct{ begin, kind string }{
		{"\xFF\xD8\xFF", kindJPEG}, {"\x89PNG\r\n\x1A\n", kindPNG}, {"GIF87a", kindGIF}, {"GIF89a", kindGIF},
		{"II*\x00", "TIFF"}, {"MM\x00*", "TIFF"}, {"\xFF\x0A", "JPEG XL"}, {"\x00\x00\x00\x0CJXL ", "JPEG XL"}, {"\x00\x00\x00\x0CjP  ", "JPEG 2000"},
	} {
		if bytes.HasPrefix(data, []byte(k.begin)) {
			return k.kind
		}
	}
	switch {
	case len(data) < 18:
		return ""
	case bytes.HasPrefix(data, []byte("RIFF")) && string(data[8:12]) == "WEBP":
		return "WebP"
	case bytes.HasPrefix(data, []byte("BM")) && slices.Contains([]uint32{12, 40, 52, 56, 64, 108, 124}, binary.LittleEndian.Uint32(data[14:])):
		return "BMP"
	case string(data[4:8]) == "ftyp":
		return brandOf(data[8:min(len(data), 64, max(12, int(binary.BigEndian.Uint32(data))))])
	}
	return ""
}

// brandOf tells the pictures among the files that are made like films, by the
// names of four letters that stand at the beginning.
func brandOf(brands []byte) string {
	kind := ""
	for brand := range slices.Chunk(brands, 4) {
		switch string(brand) {
		case "avif", "avis":
			return "AVIF"
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
			kind = "HEIC"
		}
	}
	return kind
}

// IsPicture reports whether a file is a picture by its bytes, or is called one,
// also of a kind that [PrepareImage] refuses because it cannot free it of its
// metadata.
func IsPicture(name string, data []byte) bool {
	if kindOf(data) != "" {
		return true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg", ".pjp", ".png", ".apng", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".jxl":
		return true
	}
	return false
}

// otherKind is the finding about a picture of a kind that is not published; "" is
// what is no picture at all.
func otherKind(name, kind string) *problem {
	if kind == "" {
		return &problem{ruleNotImage, fmt.Sprintf("“%s”不是 JPEG、PNG 或 GIF 图片，或者已经损坏", name), ""}
	}
	mend := "用看图软件打开，另存为 JPG 或 PNG，不要只改名字"
	if kind == "HEIC" {
		mend = "在手机或电脑上把它改成 JPG 导出，不要只改名字；苹果手机可以在“设置”的“相机”“格式”里选“兼容性最佳”，以后拍的就是 JPG"
	}
	if ext := path.Ext(name); !strings.EqualFold(ext, "."+kind) && !(kind == "HEIC" && strings.EqualFold(ext, ".heif")) && !(kind == "TIFF" && strings.EqualFold(ext, ".tif")) {
		return &problem{ruleNotImage, fmt.Sprintf("“%s”其实是 %s 图片，名字却是 %s", name, kind, ext), mend}
	}
	return &problem{ruleNotImage, fmt.Sprintf("“%s”是 %s 图片，有的浏览器打不开，里面的拍摄地点也去不掉", name, kind), mend}
}
