package view

import "html/template"

// Sheet is embedded in the view of every printed sheet. Sizes are millimetres.
type Sheet struct {
	Page
	Width, Height int
	Hung          Date   // 张贴日期
	Until         Date   // 有效期至; no date when open
	Owner         string // 责任人
	QR            QR
	Short         string // the address in print, without https://
	Verb          string // what the code is for, e.g. 扫码看详情
	Back          string // address of the page that the sheet belongs to
	Version       string // digest of the content, a few characters
}

// QR is the code of a text as SVG: a square of Size modules, with the quiet
// zone, and the path of the dark ones. Size is 0 when the site has no base
// address. Size and Path follow from Text and are filled only to be rendered.
type QR struct {
	Text string
	Size int    `digest:"-"`
	Path string `digest:"-"`
}

// MonthSheet is the poster of a monthly theme.
type MonthSheet struct {
	Sheet
	MonthCard
	Tasks      []string
	Activities []Activity
}

// ServicesSheet is the list of all services.
type ServicesSheet struct {
	Sheet
	Count      int
	Categories []CategoryItem
}

// StarsSheet is the result of a year.
type StarsSheet struct {
	Sheet
	Verdict string
	Chart   Chart
	Classes []ClassBoard
}

// NoticeSheet is a notice to hang up.
type NoticeSheet struct {
	Sheet
	NoticeItem
	DocNo   string
	Accept  *Acceptance
	Body    template.HTML `digest:"-"`
	BodyKey string        // identity of Body, which is filled only to be rendered
}
