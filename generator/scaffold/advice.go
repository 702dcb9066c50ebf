package scaffold

// advice is what the declaration of a kind does not say.
type advice struct {
	dated bool     // the name of the file begins with the date
	asked []string // optional fields that are written out all the same
	body  string   // to begin with, in Markdown
	with  string   // the kind of a row that must refer to this one, and is written below it
}

// advices are known by the form or by the name of a kind; a kind without an
// entry is well served by defaultBody.
var advices = map[string]advice{
	"公示": {dated: true, asked: []string{"matter", "start", "workdays", "accept"},
		body: "（写清公示的是谁、什么事、依据哪条规定。起止日期、受理单位和电话写在上面，网页和公示单自己会列出来。）"},
	"公告": {dated: true, body: "（先写结果：什么事、从哪一天起、对谁有影响；再写居民要做什么、找谁问。）"},
	"通知": {dated: true, asked: []string{"end"},
		body: "（写清请谁、在什么时候以前、到哪里、做什么、带什么。end 是截止日期，没有就删掉那一行。）"},
	"notice": {dated: true, body: defaultBody},
	"news": {dated: true, asked: []string{"summary"},
		body: "（写一件事：谁提出来的，怎么办的，办成没有。不登当事人的姓名、住址和孩子的照片。）"},
	"month": {asked: []string{"summary", "tasks"},
		body: "（写这个月为什么做这件事、居民怎样参加。活动一场一段，写在上面的 [[activities]] 里，海报和日历都从那里来。）"},
	"service": {with: "duty"},
	"part":    {asked: []string{"summary"}, body: "（写这一部分做什么、做到哪一步、居民在哪里看得见。数字由台账算出，不用在正文里写。）"},
	"section": {asked: []string{"summary"}, body: "（写这个栏目里有什么、怎样找。栏目的列表自己会排在下面。）"},
}

const defaultBody = "（正文写在这里，用 Markdown。）"

func adviceFor(name, form string) advice {
	a, ok := advices[form]
	if !ok {
		a = advices[name]
	}
	if a.body == "" {
		a.body = defaultBody
	}
	return a
}

// usual are the numbers of fields for which 1 is no good beginning.
var usual = map[string]float64{"workdays": 5, "base": 100}
