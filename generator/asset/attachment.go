package asset

import (
	"bytes"
	"path"
	"strings"

	"biandan/generator/diag"
)

var ruleActive = diag.Define(diag.Rule{Code: "E0507", Name: "附件会运行程序", Severity: diag.Error,
	Why: "网页、脚本和程序放到网站上，会在居民的手机、电脑里以本站的名义运行", Mend: "换成 PDF、Word、图片一类的文件；网页里的文字，抄进文章"})

// active are the endings of files that a browser or the system of a reader would
// run, and of those that a server would.
var active = words(`.html .htm .xhtml .xht .shtml .mht .mhtml .hta .xml .xsl .xslt .svgz .js .mjs .cjs .wasm .swf .jar .class .exe .com .scr .pif .bat .cmd
	.ps1 .vbs .vbe .jse .wsf .wsh .msi .msix .appx .lnk .url .reg .cpl .dll .apk .ipa .app .dmg .pkg .deb .rpm .sh .command .desktop .php .phtml .asp .aspx .jsp .jspx .cgi .htaccess`)

// CheckAttachment reports a file that would run where it is opened.
func CheckAttachment(file string, data []byte, bag *diag.Bag) bool {
	name, ext := path.Base(file), strings.ToLower(path.Ext(file))
	switch {
	case active[ext]:
		bag.Addf(ruleActive, diag.Pos{File: file}, "附件“%s”是会运行的文件（%s）", name, ext)
	case bytes.HasPrefix(data, []byte("MZ")) && len(data) > 64 || bytes.HasPrefix(data, []byte("\x7FELF")):
		bag.Addf(ruleActive, diag.Pos{File: file}, "附件“%s”其实是一个程序", name)
	default:
		return true
	}
	return false
}
