package typeset

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// Title is a text broken into lines of large letters.
type Title struct {
	Lines []string
	Width float64 // of the longest line
}

// MaxLines is how many lines a title may have.
const MaxLines = 8

// Break breaks a title into n lines that are balanced: as long as each other, or
// growing, shrinking, or longest in the middle (梯形、菱形), broken between words.
// Nothing is broken within 《》 and “” unless the line would be more than half
// again as long as the others; never within numbers, dates and Latin words,
// before closing or after opening punctuation; and no line is a lone character.
// There may be fewer lines than n.
func Break(s string, n int) Title { return NewHeadline(s).Break(n) }

// Headline is the text of a title, to be broken into lines in several ways.
type Headline struct {
	text   string
	way    *breaker
	broken [MaxLines + 1]Title // by the number of lines that was asked for
}

// NewHeadline finds where a title may be broken.
func NewHeadline(s string) *Headline {
	s = strings.Join(strings.Fields(s), " ")
	return &Headline{text: s, way: newBreaker(piecesOf(s))}
}

// Break breaks the title into n lines; see the function Break.
func (h *Headline) Break(n int) Title {
	kept := n >= 0 && n < len(h.broken)
	if kept && h.broken[n].Lines != nil {
		return h.broken[n]
	}
	t := h.into(n)
	if kept {
		h.broken[n] = t
	}
	return t
}

func (h *Headline) into(n int) Title {
	for h.way.lines = min(n, len(h.way.pieces)); h.way.lines > 1; h.way.lines-- {
		if lines, ok := h.way.best(); ok {
			return titleOf(lines)
		}
	}
	return titleOf([]string{h.text})
}

func titleOf(lines []string) Title {
	t := Title{Lines: lines}
	for _, l := range lines {
		t.Width = math.Max(t.Width, Width(l))
	}
	return t
}

// Memory keeps headlines for those who try many sizes and widths. It is for one
// goroutine.
type Memory map[string]*Headline

// Of returns the headline of a text.
func (m Memory) Of(s string) *Headline {
	h := m[s]
	if h == nil {
		h = NewHeadline(s)
		m[s] = h
	}
	return h
}

// Fit breaks a title into as many lines as make its letters largest in a space
// of width × height, which are in any unit; leading is the height of a line in
// em. The size is in the same unit; ok is false when it is below least.
func (h *Headline) Fit(width, height, leading, least, most float64) (t Title, size float64, ok bool) {
	return fit(width, height, leading, least, most, func(n int) (Title, float64) { return h.Break(n), 1 })
}

// FitSlogan does the same for the slogan of a poster. It is spoken clause by
// clause: lines that end with a clause may be smaller. The end of a line does for
// the comma that would stand there, and lines without it are truly centred.
func (h *Headline) FitSlogan(width, height, leading, least, most float64) (t Title, size float64, ok bool) {
	return fit(width, height, leading, least, most, func(n int) (Title, float64) {
		t, worth := h.Break(n), 1.0
		lines := slices.Clone(t.Lines)
		for i, l := range lines {
			bare := strings.TrimRight(l, "，、；。")
			if bare == l && i+1 < len(lines) {
				worth = 0.7
			}
			if bare != "" {
				lines[i] = bare
			}
		}
		return titleOf(lines), worth
	})
}

// fit tries all numbers of lines that may do; lines breaks the text, and says
// what its size is worth in comparison, at most 1.
func fit(width, height, leading, least, most float64, lines func(n int) (Title, float64)) (t Title, size float64, ok bool) {
	// One more line has to be worth it: few long lines are read more easily.
	const better = 1.04
	best := 0.0
	for n := 1; n <= MaxLines && best < most && (size < least || height > best*better*leading*float64(n)); n++ {
		broken, worth := lines(n)
		if broken.Width == 0 || len(broken.Lines) < n && n > 1 {
			continue
		}
		x := math.Min(width/broken.Width, height/(leading*float64(len(broken.Lines))))
		if x*worth > best*better || size < least && x >= least {
			t, size, best = broken, x, x*worth
		}
	}
	size = math.Floor(math.Min(size, most)*20) / 20
	return t, size, size >= least
}

// Wrap breaks a text that is too wide for a line into the fewest lines, between
// words and about as long as each other, so that no character is left alone. A
// text that it cannot break so, or that takes more than [MaxLines], comes back in
// one piece: where it breaks, and into how many lines, is as [Lines] says.
func (h *Headline) Wrap(width float64) []string {
	if Width(h.text) > width {
		least := Lines(h.text, width)
		for n := least; n <= min(least+1, MaxLines); n++ {
			if t := h.Break(n); t.Width <= width {
				return t.Lines
			}
		}
	}
	return []string{h.text}
}

// piece is a part of a title that is not broken; cost says how bad a break
// after it would be.
type piece struct {
	text   string
	width  float64
	cost   float64
	quoted bool // it ends within 《》 or “”
}

const never = 1e6

func piecesOf(s string) []piece {
	runes := []rune(s)
	costs, quoted := breakCosts(runes)
	var all []piece
	from := 0
	for i := range runes {
		if i == len(runes)-1 || costs[i] < never {
			text := string(runes[from : i+1])
			all = append(all, piece{text, Width(text), costs[i], quoted[i]})
			from = i + 1
		}
	}
	return all
}

// The costs of breaks, in squares of em, like the differences between lines.
const (
	afterComma = 0
	atSpace    = 0.5
	afterWord  = 1 // beside a word that is known, or a particle
	inUnknown  = 5 // between two characters of which nothing is known
	passComma  = 4 // no break, but a line that goes on after a comma
)

// breakCosts returns for each character what a line break after it costs, and
// whether it would be within quotation marks.
func breakCosts(r []rune) (costs []float64, quoted []bool) {
	costs, quoted = make([]float64, len(r)), make([]bool, len(r))
	word := wordAt(r)
	depth := 0
	for i := 0; i+1 < len(r); i++ {
		a, b := r[i], r[i+1]
		if strings.ContainsRune("《“〈‘「『（", a) {
			depth++
		} else if strings.ContainsRune("》”〉’」』）", a) {
			depth--
		}
		switch {
		case a == ' ' || b == ' ':
			costs[i] = atSpace
			if b == ' ' || unicode.IsDigit(prev(r, i)) || isMeasure(at(r, i+2)) && a == ' ' && unicode.IsDigit(prev(r, i)) {
				costs[i] = never // the space goes with the line that it ends; 2026 年 stays together
			}
			if a == ' ' && unicode.IsDigit(b) {
				costs[i] = atSpace
			}
		case clings(a, b) || bindsLeft(a, b) || bindsRight(a, b) || word[i] >= 0 && word[i] == word[i+1]:
			costs[i] = never
		case isClosing(a):
			costs[i] = afterComma
		case isOpening(b) || word[i] >= 0 || word[i+1] >= 0 || strings.ContainsRune("的和与及暨", a):
			costs[i] = afterWord
		default:
			costs[i] = inUnknown
		}
		quoted[i] = depth > 0
	}
	return costs, quoted
}

func at(r []rune, i int) rune {
	if i < 0 || i >= len(r) {
		return 0
	}
	return r[i]
}

func prev(r []rune, i int) rune { return at(r, i-1) }

// bindsLeft: 2026年, 第3届, 浮山县 and what follows a number are one word.
func bindsLeft(a, b rune) bool {
	return isMeasure(b) && (isInWord(a) || strings.ContainsRune("一二三四五六七八九十百千两〇零几半", a)) || strings.ContainsRune("的县市镇乡省们等", b)
}

// bindsRight: 第三, and chains of Chinese numbers.
func bindsRight(a, b rune) bool {
	const numbers = "一二三四五六七八九十百千〇零"
	return a == '第' || strings.ContainsRune(numbers, a) && strings.ContainsRune(numbers, b) || strings.ContainsRune("不", a) || unicode.IsDigit(a) && strings.ContainsRune(numbers, b)
}

func isMeasure(r rune) bool {
	return strings.ContainsRune("年月日号届次批期度级类项名个条家户元岁时分周季人星件场所处", r)
}

// words are common in the titles of this programme. They are never broken. The
// list needs no completeness: between characters that it does not know a break
// only costs more.
var words = strings.Fields(`关于 公示 公告 通知 通报 决定 意见 方案 办法 名单 结果 评定 工作 活动 服务 清单 责任 事项 调整 部分 开展 进行 做好 公布 发布
	党建 党员 党委 党组织 党支部 党小组 党总支 支部 书记 委员 委员会 党群 党务 党课 党日 主题党日 三会一课 组织生活会 民主评议 组织 组织部 换届 选举 候选人 发展对象 预备党员 积极分子
	入党 转正 政治生日 两优一先 优秀 先进 表彰 先锋岗 公益 公益岗位 岗位 任前 干部 拟任 任职 人选 聘用 招聘 星级 五星级 四星级 三星级 年度 季度 本月 月度 红扁担 驿站 小区 社区 街道 东街 西街 片区 居民 群众 志愿者 志愿
	中心 服务中心 网格 楼栋 物业 业主 停车 停车位 供暖 取暖 测温 室温 安全 消防 演练 一氧化碳 报警器 煤烟 用电 充电 电动车 反诈 宣传 宣传日 义诊 体检 健康 医保 社保 养老 助餐 老人 老年人 儿童 暑期 看护 四点半 课堂 培训 讲座
	春节 元宵 清明 端午 中秋 国庆 重阳 七一 八一 建党节 除夕 元旦 劳动节 儿童节 慰问 走访 帮扶 结对 困难 教育 学习 贯彻 落实 推进 建设 规范 规范化 标准化 常态化 联动 联建 共建 联办 议事 协商 调解 矛盾 纠纷
	开放 时间 开门 安排 调休 值班 暂停 恢复 停水 停电 施工 改造 老旧 减负 牌子 清理 整治 环境 卫生 绿化 垃圾 分类 文明 实践 文化 文体 运动会 晚会 读书 社会 经济 发展 管理 制度 基础 化解 图书 图书馆 图书室 阅览室 书画室 会议室 教育室 多功能 广场 门口 门前 院子 集合 邻里 防汛 巡查 家园 新村 花园 疏散 燃气 家电 检查
	机关 司法局 教育局 应急 管理局 水利局 民政局 文化馆 园林 环卫 供电 公司 医院 行政 后勤
	第一 一百米 家门口 最后 暖起来 过冬 送到 打通`)

// wordSet are the words, longestFrom the length of the longest that begins with a character.
var wordSet, longestFrom = func() (map[string]bool, map[rune]int) {
	set, longest := map[string]bool{}, map[rune]int{}
	for _, w := range words {
		set[w] = true
		r := []rune(w)
		longest[r[0]] = max(longest[r[0]], len(r))
	}
	return set, longest
}()

// wordAt gives each character the number of the known word that it belongs to,
// or -1: the longest word first, from the left.
func wordAt(r []rune) []int {
	in := make([]int, len(r))
	for i := 0; i < len(r); {
		in[i] = -1
		n := min(longestFrom[r[i]], len(r)-i)
		for n > 1 && !wordSet[string(r[i:i+n])] {
			n--
		}
		if n > 1 {
			for k := range n {
				in[i+k] = i
			}
		}
		i += max(n, 1)
	}
	return in
}
