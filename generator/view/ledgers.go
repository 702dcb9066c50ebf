package view

import "html/template"

// Tree is the tree of organisations and the units beside it.
type Tree struct {
	Page
	Intro      template.HTML
	Figures    []Figure
	Committees []Node
	Classes    []LinkGroup // the units' branches by class
	Units      Grid        // the member units with their seats
}

// Node is an organisation with those below it.
type Node struct {
	Link
	Level    string
	Area     string
	Leader   string
	Phone    string
	Children []Node
}

// Branch is the page of one organisation.
type Branch struct {
	Page
	Level    string
	Class    string
	Facts    []Field
	Path     []Link // from the committee down to the parent
	Roles    []RoleRow
	Children []Node
	Seats    *Grid // of a committee: its member units
	Station  *StationItem
	Star     *StarMark // nil when there is no published rating
	History  []StarMark
	Hosted   []Activity
}

// RoleRow is a post and its holder.
type RoleRow struct{ Post, Holder, Phone string }

// StarMark is a published rating.
type StarMark struct {
	Year int
	Star int
	Word string // 四星级
	Full string // ★★★★
	Rest string // ☆
}

// Stations is the list of stations.
type Stations struct {
	Page
	AsOf      Date // the day of 今天
	Intro     template.HTML
	Figures   []Figure
	Groups    []StationGroup
	Functions []FunctionRow
	Boards    string // address of the list of boards; "" when there are none
}

// StationGroup is the stations of one level.
type StationGroup struct {
	Title    string
	Stations []StationItem
}

// StationItem is a station in short.
type StationItem struct {
	Link
	Level, Status  string
	Address, Phone string
	Estate         string
	Today          string // 今天 08:30—17:30, 今天不开放, 建设中
	OpenToday      bool
}

// FunctionRow is one of the ten functions.
type FunctionRow struct {
	No                  int
	Name, Content, When string
	Sample              bool
}

// Station is the page of one station.
type Station struct {
	Page
	StationItem
	AsOf      Date // the day of 今天
	Facts     []Field
	Hours     []Field // 工作日 → 08:30—17:30
	Rooms     []RoomRow
	Items     []CheckRow
	Passed    int // items that are in order
	Timetable *Timetable
	Functions []FunctionRow
	Coming    []Activity
	Board     *Link // nil when the station has none
	Screen    *Link
}

// RoomRow is a room.
type RoomRow struct {
	Kind, Floor, Hours, Manager string
	Seats                       int
}

// CheckRow is an item of 六有三统一.
type CheckRow struct {
	Item string
	OK   bool
	Due  Date
	Note string
}

// Timetable is a week of the class after school: Cells[time][day].
type Timetable struct {
	Days  []string
	Times []TimeRow
}

// TimeRow is a row of the timetable.
type TimeRow struct {
	Time  string
	Cells []Lesson // one for each day; Course is "" when there is none
}

// Lesson is a lesson.
type Lesson struct {
	Course, Teacher, Room, Grade string
	Capacity                     int
}

// Year is the wheel of twelve months.
type Year struct {
	Page
	Intro  template.HTML
	Number int
	Months []MonthCard
	Years  []PageLink
}

// Month is a monthly theme.
type Month struct {
	Page
	MonthCard
	Date       Date
	Tasks      []string
	Activities []Activity
	Body       template.HTML `digest:"-"`
	BodyKey    string        // identity of Body, which is filled only to be rendered
	Newer      *Link
	Older      *Link
}

// Services is the directory of services.
type Services struct {
	Page
	Intro      template.HTML
	Figures    []Figure
	Categories []CategoryItem
}

// CategoryItem is a category with its services.
type CategoryItem struct {
	Link
	No       int
	Summary  string
	Services []ServiceItem
}

// ServiceItem is a service in short.
type ServiceItem struct {
	Link
	No       int
	Audience string
	Limit    string // 即时办结, 3 个工作日
	Place    string
	Phone    string
	A, B     string // names of the posts
}

// Category is the page of one category.
type Category struct {
	Page
	CategoryItem
	Others []Link
}

// Service is the page of one service.
type Service struct {
	Page
	ServiceItem
	Category   Link
	Facts      []Field
	Conditions []string
	Materials  []string
	Steps      []string
	Time       string
	Fee        string
	Supervise  string
	Online     string
	Duty       *Duty
	Updated    Date
	Change     string
	Siblings   []Link
}

// Duty is the row of the duty list of a service.
type Duty struct{ Post, Content, Standard, Consequence string }

// Stars is the star board of a year.
type Stars struct {
	Page
	Intro      template.HTML
	Year       int
	Years      []PageLink
	Verdict    string // 100 个参评党支部中，96% 达到三星标准……
	Chart      Chart
	Classes    []ClassBoard
	Policy     string // which ratings are published, in words
	Pairs      int    // helping pairs of the year
	Rules      []Field
	Indicators []Grid // by dimension
}

// ClassBoard is the published results of a class.
type ClassBoard struct {
	Class string
	Chart Chart
	Stars []StarGroup // from five stars down
	Held  string      // 另有 1 个党支部为二星级及以下; ""
}

// StarGroup is the branches with one rating.
type StarGroup struct {
	Mark     StarMark
	Branches []Link
}

// Notices is the list of notices, current ones first.
type Notices struct {
	Page
	AsOf    Date // the day from which the days left are counted
	Intro   template.HTML
	Current []NoticeItem // 公示 in their period
	Coming  []NoticeItem // 公示 whose period has not begun
	Others  []NoticeItem // 公告 and 通知
	Ended   []NoticeItem
	Pager   *Pager
}

// NoticeItem is a notice in short.
type NoticeItem struct {
	Link
	Kind       string
	Matter     string
	Issuer     string
	Date       Date
	Start, End Date
	State      string // current, coming, ended, plain
	Left       string // 还有 3 天, 今天截止, 已结束
	Summary    string
}

// Notice is the page of one notice.
type Notice struct {
	Page
	NoticeItem
	Workdays int
	Source   string
	DocNo    string
	Accept   *Acceptance
	Body     template.HTML `digest:"-"`
	BodyKey  string        // identity of Body, which is filled only to be rendered
	Newer    *Link
	Older    *Link
}

// Acceptance is where objections go.
type Acceptance struct{ Office, Phone, Address, Method string }
