package scaffold

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"biandan/generator/diag"
	"biandan/generator/pinyin"
	"biandan/generator/site"
)

// maxSlug is the number of letters after which a proposed name is cut.
const maxSlug = 40

// Slug proposes the name of a title in an address: its pinyin, one syllable a
// word, with the Latin words and numbers as they are. The frame of official
// titles (关于……的公示) is left out; what is too long is cut between words.
// Characters with several readings get the commonest one: the name is a
// proposal.
func Slug(title string) string {
	title = strings.TrimPrefix(strings.TrimSpace(norm.NFKC.String(title)), "关于")
	for _, k := range Kinds() {
		for _, form := range k.Forms {
			title = strings.TrimSuffix(title, "的"+form)
		}
	}
	var slug string
	for _, w := range words(title) {
		if slug != "" && len(slug)+1+len(w) > maxSlug {
			break
		}
		slug = strings.TrimPrefix(slug+"-"+w[:min(len(w), maxSlug)], "-")
	}
	return slug
}

// words are the syllables of Chinese characters, and the runs of a–z and 0–9.
func words(s string) []string {
	var list []string
	var run []byte
	flush := func() {
		if len(run) > 0 {
			list = append(list, string(run))
			run = nil
		}
	}
	for _, r := range strings.ToLower(s) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			run = append(run, byte(r))
			continue
		}
		flush()
		list = append(list, pinyin.Of(r))
	}
	flush()
	return slices.DeleteFunc(list, func(w string) bool { return !slugForm.MatchString(w) })
}

var slugForm = regexp.MustCompile(`^[a-z0-9]+([-_.][a-z0-9]+)*$`)

// checkSlug refuses a name that cannot stand in an address or on some disk.
func checkSlug(slug string) error {
	if !slugForm.MatchString(slug) {
		return Mistake{fmt.Sprintf("名字“%s”不能用在网址里", slug), "--slug 只用小写英文字母、数字和短横线，如 --slug gongnuan-2026"}
	}
	bag := &diag.Bag{}
	if !site.CheckPath(slug, diag.Pos{}, bag) {
		return Mistake{bag.List()[0].Message, "用 --slug 另起一个名字"}
	}
	return nil
}
