package ledgers_test

import (
	"regexp"
	"testing"

	"biandan/generator/diag"
)

// bareKey is an English word among Chinese ones: neither in brackets nor the
// beginning of what is to be written (draft = true), nor part of a path. Names of
// shortcodes are written as they are.
var bareKey = regexp.MustCompile(`(^|[\p{Han}、，；：] ?)[a-z][a-z_]+( ?[\p{Han}、，；]|$)`)

// TestMendsNameFieldsInChinese wants each field by the name that staff know, with
// its key: 发布单位（issuer）.
func TestMendsNameFieldsInChinese(t *testing.T) {
	for _, r := range diag.Rules() {
		for _, text := range []string{r.Name, r.Why, r.Mend} {
			if word := bareKey.FindString(text); word != "" && r.Code != "E0404" {
				t.Errorf("%s: %q in %q", r.Code, word, text)
			}
		}
	}
}
