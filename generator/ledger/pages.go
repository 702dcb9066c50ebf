package ledger

// PlainPage is a page of any folder that is no ledger's record.
type PlainPage struct {
	Page
	Weight int `toml:"weight" zh:"排序"`
}

// Rank implements [Ranked].
func (p *PlainPage) Rank() int { return p.Weight }

// Section is the head of a folder's list, written in its _index.md; the one of
// content/ itself is the home page.
type Section struct {
	Page
	Intro      string   `toml:"intro" zh:"导语"`
	ColumnType []string `toml:"column_type" zh:"栏目类别"` // of 国办发〔2017〕47号
}

// Paper is embedded in the records that are hung up: the size of the sheet, by
// name, when it is not the usual one of its kind, and how it lies.
type Paper struct {
	Sheet     string `toml:"sheet" zh:"张贴用的纸"`
	Landscape bool   `toml:"landscape" zh:"横放"`
}

func init() {
	Declare(Ledger{Folder: "", Title: "页面"}, Pages[PlainPage]("页面"), Rows[Section](sectionKey, "栏目"))
}
