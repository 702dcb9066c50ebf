package pages

import (
	"html/template"

	"biandan/generator/view"
)

// Notices is the list of notices, current ones first.
type Notices struct {
	view.Page
	AsOf    view.Date // the day from which the days left are counted
	Intro   template.HTML
	Current []NoticeItem // 公示 in their period
	Coming  []NoticeItem // 公示 whose period has not begun
	Others  []NoticeItem // 公告 and 通知
	Ended   []NoticeItem
	Pager   *view.Pager
}

// NoticeItem is a notice in short.
type NoticeItem struct {
	view.Link
	Kind       string
	Matter     string
	Issuer     string
	Date       view.Date
	Start, End view.Date
	State      string // current, coming, ended, plain
	Left       string // 还有 3 天, 今天截止, 已结束
	Summary    string
}

// Notice is the page of one notice.
type Notice struct {
	view.Page
	NoticeItem
	AsOf     view.Date // the day from which the days left are counted, while some are
	Workdays int
	Source   string
	DocNo    string
	Accept   *Acceptance
	Outcome  string // 收到意见 3 条，采纳 1 条；…
	Answered view.Date
	Body     template.HTML `digest:"-"`
	BodyKey  string        // identity of Body, which is filled only to be rendered
	Newer    *view.Link
	Older    *view.Link
}

// Acceptance is where objections go.
type Acceptance struct{ Office, Phone, Address, Method string }
