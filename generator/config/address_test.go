package config_test

import (
	"testing"

	"biandan/generator/config"
)

// TestAddressIsWrittenAsABrowserDoes: what is typed may differ from what a browser
// asks for, and an address that has no such form is refused.
func TestAddressIsWrittenAsABrowserDoes(t *testing.T) {
	for typed, want := range map[string]string{
		"https://a.cn":                "https://a.cn/",
		"https://A.CN/":               "https://a.cn/",
		"HTTPS://a.cn/":               "https://a.cn/",
		"https://a.cn//":              "https://a.cn/",
		"https://a.cn/x//y":           "https://a.cn/x/y/",
		"https://a.cn/./x/../Y/":      "https://a.cn/Y/",
		"https://a.cn:443/":           "https://a.cn/",
		"http://a.cn:080/":            "http://a.cn/",
		"http://a.cn:8080":            "http://a.cn:8080/",
		"https://示例.政务/":              "https://xn--fsq092h.xn--zfr164b/",
		"https://ＡＢ。cn/":              "https://ab.cn/",
		"https://a.cn/党建/":            "https://a.cn/%E5%85%9A%E5%BB%BA/",
		"https://a.cn/%E5%85%9A 1":    "https://a.cn/%E5%85%9A%201/",
		"http://[::1]:1313/":          "http://[::1]:1313/",
		"http://192.168.1.8/":         "http://192.168.1.8/",
		" https://a.cn/ ":             "https://a.cn/",
		"https://a.cn/#x":             "",
		"https://a.cn/#":              "",
		"https://a.cn/?":              "",
		"https://a.cn/?a=b":           "",
		"https://name:word@a.cn/":     "",
		"https:///x":                  "",
		"https://a.cn:99999/":         "",
		"ftp://a.cn/":                 "",
		"https://a b.cn/":             "",
		"https://xn--zzzzzzzzzzz.cn/": "",
		"https://../":                 "",
		"/x/":                         "",
		"":                            "",
	} {
		got, ok := config.Address(typed)
		if got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v, not %q", typed, got, ok, want)
		}
		if again, _ := config.Address(got); again != got {
			t.Errorf("%q becomes %q", got, again)
		}
	}
}

// TestReadable: what stands below a code can be read and typed.
func TestReadable(t *testing.T) {
	for address, want := range map[string]string{
		"https://xn--fsq092h.xn--zfr164b/%E5%85%9A/notices/a/": "示例.政务/党/notices/a/",
		"http://192.168.1.8:1313/a%20b/":                       "192.168.1.8:1313/a%20b/",
		"https://a.cn/":                                        "a.cn/",
	} {
		if got := config.Readable(address); got != want {
			t.Errorf("%s reads %s", address, got)
		}
	}
}
