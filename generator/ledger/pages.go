package ledger

// News is a piece of news (工作动态).
type News struct {
	Page
	Author string      `toml:"author" zh:"作者"`
	Branch Ref[Branch] `toml:"branch" zh:"党组织"`
}

// Part is one of the parts of the programme “五化一创”, with a live figure.
type Part struct {
	Page
	No     int      `toml:"no,required" zh:"序号" check:"min=1"`
	Short  string   `toml:"short" zh:"简称"`
	Figure Figure   `toml:"figure" zh:"实时数字"`
	Topics []string `toml:"topics" zh:"内容"`
}

// Figure names a number that is computed from the records.
type Figure string

// The figures.
const (
	FigureUnits      Figure = "委员单位"
	FigureEstates    Figure = "小区党支部"
	FigureStations   Figure = "开放的驿站"
	FigureServices   Figure = "服务事项"
	FigureActivities Figure = "本年活动"
	FigureStars      Figure = "三星以上占比"
	FigureGraded     Figure = "参评党支部"
	FigureNotices    Figure = "公示中"
)

// Options lists the figures.
func (Figure) Options() []string {
	return []string{string(FigureUnits), string(FigureEstates), string(FigureStations), string(FigureServices),
		string(FigureActivities), string(FigureStars), string(FigureGraded), string(FigureNotices)}
}

// PlainPage is a page of any folder that is no ledger's record.
type PlainPage struct {
	Page
	Weight int `toml:"weight" zh:"排序"`
}

// Section is the head of a folder's list, written in its _index.md; the one of
// content/ itself is the home page.
type Section struct {
	Page
	Intro string `toml:"intro" zh:"导语"`
}

// Paper is embedded in the records that are hung up: the size of the sheet, by
// name, when it is not the usual one of its kind, and how it lies.
type Paper struct {
	Sheet     string `toml:"sheet" zh:"张贴用的纸"`
	Landscape bool   `toml:"landscape" zh:"横放"`
}

func init() {
	Declare(Ledger{Folder: "news", Title: "工作动态", Kinds: []Kind{Pages[News]("动态")}})
	Declare(Ledger{Folder: "programme", Title: "五化一创", Kinds: []Kind{Pages[Part]("部分")}})
	Declare(Ledger{Folder: "", Title: "页面", Kinds: []Kind{Pages[PlainPage]("页面"), {Key: sectionKey, Title: "栏目", Type: sectionType, typed: Rows[Section](sectionKey, "").typed}}})
}
