package ledger

import (
	"regexp"
	"slices"
	"strings"

	"biandan/generator/diag"
	"biandan/generator/personal"
	"biandan/generator/source"
)

// Allowance says that something personal may be published, and why.
type Allowance struct {
	Text   string `toml:"text,required" zh:"允许公布的原文"`
	Reason string `toml:"reason,required" zh:"理由"`
}

// allow is how a finding is lifted; each rule says it.
const allow = "；确实要公布的，在这一页开头（或这一条里）写 [[allow]]：原文（text）和理由（reason）"

// personalRules are the rules about personal data by kind (个人信息保护法: 未取得单独
// 同意不得公开, 敏感个人信息).
var personalRules = map[personal.Kind]*diag.Rule{
	personal.Identity: diag.Define(diag.Rule{Code: "E0901", Name: "身份证号", Severity: diag.Error,
		Why: "身份证号公布出去就收不回来；公示只要让群众认得出是谁，不需要号码", Mend: "删掉号码，同名的写明所在党支部" + allow}),
	personal.NearIdentity: diag.Define(diag.Rule{Code: "E0902", Name: "疑似身份证号", Severity: diag.Warning,
		Why: "地区和生日都对得上，只有校验码不对，多半是抄错了一位的身份证号", Mend: "是身份证号就删掉；不是的，在前面写明是什么号" + allow}),
	personal.Mobile: diag.Define(diag.Rule{Code: "E0903", Name: "手机号", Severity: diag.Error,
		Why: "手机号是个人信息，没有本人同意不得公开；公布出去会招来骚扰和诈骗", Mend: "换成单位的座机，或者写成 139****0000" + allow}),
	personal.Card: diag.Define(diag.Rule{Code: "E0904", Name: "银行卡号", Severity: diag.Error,
		Why: "金融账户是敏感个人信息，公示补助、慰问都不需要卡号", Mend: "删掉卡号" + allow}),
	personal.Door: diag.Define(diag.Rule{Code: "E0905", Name: "住址写到了门牌", Severity: diag.Error,
		Why: "住址写到几单元几室，就知道是谁家；公示到小区或社区就够了", Mend: "只写到小区；是办公地点的，写成“3 号楼一层”这样" + allow}),
	personal.Birth: diag.Define(diag.Rule{Code: "E0906", Name: "出生日期写到了日", Severity: diag.Error,
		Why: "生日和姓名放在一起，就能拼出身份证号的一半；公示用出生年月就够了", Mend: "改成出生年月，如 1990年3月" + allow}),
	personal.Hardship: diag.Define(diag.Rule{Code: "E0907", Name: "病情、困难旁边的姓名", Severity: diag.Warning, Tunable: true,
		Why: "谁有病、谁家困难、谁领了救助，是敏感个人信息；姓名和这些写在一起，街坊都认得出来", Mend: "去掉姓名，只写人次；依法要公示的名单，姓名写成 张*" + allow}),
}

// checkPersonal reports personal data in a content file, in the records that are
// meant for everybody.
func (f *File) checkPersonal(t *source.Text, bag *diag.Bag) {
	lines := strings.Split(t.String(), "\n")
	if f.Doc() == nil {
		hideComments(lines)
	}
	found := personal.FindInLines(lines)
	if f.Doc() != nil {
		found = append(found, f.rolls(lines)...)
	}
	for _, x := range found {
		e := f.entryAt(x.Line + 1)
		if e == nil || !e.IsPublic() || Allows(e, x.Text) {
			continue
		}
		AddPersonal(x.Kind, t.PosInLine(x.Line+1, x.Column), "这里", x.Text, "", "", bag)
	}
}

// hideComments empties the lines of TOML that are comments.
func hideComments(lines []string) {
	for i, line := range lines {
		if strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") {
			lines[i] = ""
		}
	}
}

// CheckSettings reports personal data in site.toml, all of which stands on every page.
func CheckSettings(t *source.Text, bag *diag.Bag) {
	lines := strings.Split(t.String(), "\n")
	hideComments(lines)
	for _, x := range personal.FindInLines(lines) {
		AddPersonal(x.Kind, t.PosInLine(x.Line+1, x.Column), "这里", x.Text, "", "；site.toml 里的会出现在每一页上", bag)
	}
}

// AddPersonal reports that something personal is written in some place. More is added
// to the message; how it is allowed is that of a content file unless told otherwise.
func AddPersonal(k personal.Kind, at diag.Pos, where, written, more, allowed string, bag *diag.Bag) {
	r, hint := personalRules[k], ""
	if allowed != "" {
		hint = strings.TrimSuffix(r.Mend, allow) + allowed
	}
	shown := personal.Mask(written)
	if k == personal.Hardship {
		shown = personal.MaskName(written)
	}
	bag.Add(r, at, where+"有"+r.Name+"“"+shown+"”"+more, hint)
}

// delimiters are the line below the head of a table in Markdown.
var delimiters = regexp.MustCompile(`^[ >|:-]*-[ |:-]*\|?[ |:-]*$`)

// rolls finds the tables of a Markdown file with names of people who are ill, poor or
// helped: the head of the column of names. The title of the page counts, and what
// stands before the table.
func (f *File) rolls(lines []string) (all []personal.Placed) {
	title := TitleOf(f.Entries[0])
	before := ""
	for i := 0; i < len(lines); i++ {
		if i+1 == len(lines) || !strings.Contains(lines[i], "|") || !strings.Contains(lines[i+1], "|") ||
			!strings.HasPrefix(strings.TrimLeft(lines[i+1], " >|:"), "-") || !delimiters.MatchString(lines[i+1]) {
			if strings.TrimSpace(lines[i]) != "" {
				before = lines[i]
			}
			continue
		}
		rows := [][]string{strings.Split(lines[i], "|")}
		last := i + 2
		for ; last < len(lines) && strings.Contains(lines[last], "|"); last++ {
			rows = append(rows, strings.Split(lines[last], "|"))
		}
		if _, column, ok := personal.Roll(title+"\n"+before, rows); ok {
			at := column + len(strings.Join(rows[0][:column], "")) // with the strokes between
			head := rows[0][column]
			at += len(head) - len(strings.TrimLeft(head, " \t"))
			all = append(all, personal.Placed{Kind: personal.Hardship, Line: i, Column: at, Text: strings.TrimSpace(head)})
		}
		i = last - 1
	}
	return all
}

// entryAt returns the record that is written on a line, or nil.
func (f *File) entryAt(line int) Entry {
	n, _ := slices.BinarySearchFunc(f.Entries, line, func(e Entry, line int) int {
		if e.At().Line <= line {
			return -1
		}
		return 1
	})
	if n == 0 {
		return nil
	}
	return f.Entries[n-1]
}

// Allows reports whether a record says that it may hold what is written there.
func Allows(e Entry, written string) bool {
	return slices.ContainsFunc(e.record().Allow, func(a Allowance) bool { return personal.Same(a.Text, written) })
}

// AllowsFile reports whether a record says that an attachment with that name was
// looked at by somebody.
func AllowsFile(e Entry, name string) bool {
	return slices.ContainsFunc(e.record().Allow, func(a Allowance) bool { return a.Text == name })
}
