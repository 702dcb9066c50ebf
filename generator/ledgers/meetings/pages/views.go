package pages

import "biandan/generator/view"

// Meetings is the index: what was decided, the year of each committee, the meetings.
type Meetings struct {
	view.Table
	Figures []view.Figure
	Year    int
	Years   []Committee
}

// Committee is the year of a committee: its quarters, and who hosts next.
type Committee struct {
	view.Link
	Count    string // 32 家委员单位，9 家轮过
	Quarters []Quarter
	Next     []Host // the first of those that wait
	Rest     []Host // the others
	Rotates  bool   // it has units that can host
}

// Quarter is what a committee did in a quarter, or is to do; what there is none of is
// said in words.
type Quarter struct {
	Name       string // 第一季度
	Current    bool
	Meetings   []Meeting
	NoMeeting  None
	Activities []Activity
	NoActivity None
}

// None says why there is nothing; Text is "" when there is something.
type None struct {
	Text string
	Late bool // there should be
}

// Meeting is a joint meeting in short.
type Meeting struct {
	Date  view.Date // 3月27日
	URL   string    // of its line below, or ""
	State string    // 开了, 要开, 取消了
	Ahead bool
	Note  string // 应到 32 家，实到 31 家
}

// Activity is a joint activity in short.
type Activity struct {
	view.Link
	Date     view.Date // 3月27日
	State    string    // 办了, 要办
	Ahead    bool
	Host     view.Link
	Partners string
}

// Host is a unit that waits for its turn.
type Host struct{ Name, Last string }
