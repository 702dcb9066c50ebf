package typeset_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"biandan/generator/typeset"
)

func TestLines(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  int
	}{
		{"", 10, 1}, {"十个汉字正好十个汉字", 10, 1}, {"十一个汉字不是十个汉字", 10, 2},
		{"句号不在行首的一行。", 9, 2}, {"前面《书名》", 3, 3}, {"a b", 0.7, 2}, {"wordwordword", 4, 3},
		{"汉字 Kubernetes 汉字", 6, 3}, {"上\n下", 9, 2}, {"䶮䶮䶮", 2, 2},
	} {
		if got := typeset.Lines(c.text, c.width); got != c.want {
			t.Errorf("%q in %v em: %d lines, not %d", c.text, c.width, got, c.want)
		}
	}
}

func TestBreak(t *testing.T) {
	for _, c := range []struct {
		title string
		n     int
		want  string
	}{
		{"安全过冬", 2, "安全|过冬"},
		{"屋里暖起来，煤烟散出去", 2, "屋里暖起来，|煤烟散出去"},
		{"关于 2026 年第四批发展对象的公示", 2, "关于 2026 年第四批|发展对象的公示"},
		{"关于调整服务清单部分事项的公示", 2, "关于调整服务清单|部分事项的公示"},
		{"2025 年度星级党支部评定结果公告", 2, "2025 年度星级|党支部评定结果公告"},
		{"关于学习贯彻《中国共产党党徽党旗条例》的通知", 2, "关于学习贯彻|《中国共产党党徽党旗条例》的通知"},
		{"落实“三会一课”制度情况的通报", 2, "落实“三会一课”|制度情况的通报"},
		{"把服务送到家门口，打通服务群众最后一百米", 3, "把服务送到家门口，|打通服务群众|最后一百米"},
		{"公示", 2, "公示"},
		{"关于 Kubernetes 平台培训活动的通知", 2, "关于 Kubernetes|平台培训活动的通知"},
		{"", 1, ""},
	} {
		if got := strings.Join(typeset.Break(c.title, c.n).Lines, "|"); got != c.want {
			t.Errorf("%s in %d:\n got %s\nwant %s", c.title, c.n, got, c.want)
		}
	}
}

// TestBreakKeepsWhatBelongsTogether tries every number of lines.
func TestBreakKeepsWhatBelongsTogether(t *testing.T) {
	for _, title := range []string{
		"中共浮山县委组织部关于印发《浮山县红扁担驿站“六有三统一”规范化建设标准（试行）》和《驿站工作人员AB岗制度》的通知",
		"关于 2026 年 11 月 23 日至 12 月 1 日西街社区 3 个小区停水的公告，请居民提前储水，有困难的老人请打驿站电话",
		"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十",
		"Kubernetes-Certified-Application-Developer 培训",
	} {
		for n := 1; n <= typeset.MaxLines; n++ {
			broken := typeset.Break(title, n)
			if strings.ReplaceAll(strings.Join(broken.Lines, ""), " ", "") != strings.ReplaceAll(title, " ", "") {
				t.Fatalf("%s in %d: %q", title, n, broken.Lines)
			}
			for i, l := range broken.Lines {
				r := []rune(l)
				if len(r) < 2 {
					t.Errorf("a lone %q in %q", l, broken.Lines)
				}
				if i > 0 && strings.ContainsRune("，。、；：》”）年月日", r[0]) || strings.ContainsRune("《“（第", r[len(r)-1]) {
					t.Errorf("%q in %q", l, broken.Lines)
				}
			}
		}
	}
}

func TestFitTitleFillsItsSpace(t *testing.T) {
	for _, c := range []struct {
		title         string
		width, height float64
		lines         int
		least         float64
	}{{"安全过冬", 170, 60, 1, 40}, {"屋里暖起来，煤烟散出去", 170, 80, 2, 25}, {strings.Repeat("很长的题目", 12), 170, 80, 5, 12}} {
		broken, size, ok := typeset.NewHeadline(c.title).Fit(c.width, c.height, 1.3, 5, 60)
		if !ok || len(broken.Lines) != c.lines || size < c.least || size*broken.Width > c.width || size*1.3*float64(len(broken.Lines)) > c.height {
			t.Errorf("%s: %q at %v", c.title, broken.Lines, size)
		}
	}
}

func TestLargest(t *testing.T) {
	if size, ok := typeset.Largest(2, 9, func(x float64) bool { return x <= 5.52 }); !ok || size != 5.5 {
		t.Error(size, ok)
	}
	if size, ok := typeset.Largest(2, 9, func(float64) bool { return false }); ok || size != 2 {
		t.Error(size, ok)
	}
}

// TestSloganIsSpokenInClauses: a line ends with a clause as long as that costs
// little, and a comma at its end is left out.
func TestSloganIsSpokenInClauses(t *testing.T) {
	for _, c := range []struct {
		slogan        string
		width, height float64
		want          string
	}{
		{"党员站出来，难事一起扛", 100, 90, "党员站出来 难事一起扛"},
		{"年味要浓，烟花要少，邻里要亲", 100, 120, "年味要浓 烟花要少 邻里要亲"},
		{"用电不冒烟，孩子不下水，出门看路口", 183, 36, "用电不冒烟，孩子不下水，出门看路口"},
	} {
		broken, size, ok := typeset.NewHeadline(c.slogan).FitSlogan(c.width, c.height, 1.3, 5, 60)
		if got := strings.Join(broken.Lines, " "); !ok || got != c.want || size*broken.Width > c.width {
			t.Errorf("%s: %q at %v, want %q", c.slogan, got, size, c.want)
		}
	}
}

func TestWrapLeavesNoCharacterAlone(t *testing.T) {
	m := typeset.Memory{}
	for width := 5.0; width < 16; width += 0.5 {
		const text = "西街社区党群服务中心前广场"
		lines := m.Of(text).Wrap(width)
		if strings.Join(lines, "") != text {
			t.Fatalf("%v: %q", width, lines)
		}
		if len(lines) == 1 && typeset.Width(text) > width && width > 6 {
			t.Errorf("not broken for %v", width)
		}
		for _, l := range lines {
			if typeset.Width(l) < 2 || len(lines) > 1 && typeset.Width(l) > width {
				t.Errorf("%v: %q", width, lines)
			}
		}
	}
	if lines := m.Of("Internationalization").Wrap(4); len(lines) != 1 {
		t.Errorf("%q", lines)
	}
}

// TestSloganThatFitsIsNotTooLong: a line that does not end with a clause is
// better than letters below the least size.
func TestSloganThatFitsIsNotTooLong(t *testing.T) {
	for height := 26.0; height < 40; height += 0.25 {
		broken, size, ok := typeset.NewHeadline("种树认养，先把门前的雪扫干净，再说远处的路。").FitSlogan(183, height, 1.3, 9, 12.5)
		if !ok {
			t.Errorf("height %v: %q at %v", height, broken.Lines, size)
		}
	}
}

// TestLinesAsSetOneByOne holds the measured texts, with their runs, against a
// text that is set character by character.
func TestLinesAsSetOneByOne(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	letters := []rune("党员小区服务中心登记表汉字汉字汉字，。《》“”（）ab1 2-Kubernetes \n")
	for range 20000 {
		var text []rune
		for range r.IntN(60) {
			text = append(text, letters[r.IntN(len(letters))])
		}
		width := float64(200+r.IntN(2000)) / 100
		s := string(text)
		if got, want := typeset.Lines(s, width), setOneByOne(text, width); got != want {
			t.Fatalf("%q in %.3f em: %d lines, not %d", s, width, got, want)
		}
	}
}

// setOneByOne counts lines the slow way: part by part, each measured by itself.
func setOneByOne(text []rune, width float64) int {
	clings := func(a, b rune) bool {
		word := func(r rune) bool { return r > ' ' && r <= '~' }
		return strings.ContainsRune("（《“", a) || strings.ContainsRune("）》”，。", b) || word(a) && word(b)
	}
	lines, at, space := 1, 0.0, 0.0
	for i := 0; i < len(text); {
		j := i + 1
		for text[i] != ' ' && text[i] != '\n' && j < len(text) && text[j] != ' ' && text[j] != '\n' && clings(text[j-1], text[j]) {
			j++
		}
		w := typeset.Width(string(text[i:j]))
		switch {
		case text[i] == '\n':
			lines, at, space = lines+1, 0, 0
		case text[i] == ' ':
			space = w
		default:
			if at > 0 && at+space+w > width+1e-9 {
				lines, at, space = lines+1, 0, 0
			}
			at, space = at+space+w, 0
			for at > width+1e-9 && at > 1+1e-9 {
				lines, at = lines+1, at-max(1, width)
			}
		}
		i = j
	}
	return lines
}
