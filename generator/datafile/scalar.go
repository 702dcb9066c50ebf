package datafile

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"biandan/generator/calendar"
)

// integer returns the number of an [Integer]; err is not nil when it is too large.
func (v *Value) integer() (int64, error) {
	return strconv.ParseInt(strings.ReplaceAll(v.Text, "_", ""), 0, 64)
}

// float returns the number of a [Float] or an [Integer].
func (v *Value) float() (float64, error) {
	if v.Kind == Integer {
		n, err := v.integer()
		return float64(n), err
	}
	return strconv.ParseFloat(strings.ReplaceAll(v.Text, "_", ""), 64)
}

// The years that something here may be dated with.
const firstYear, lastYear = 1900, 2100

// inBeijing is the time that the days here are those of.
var inBeijing = time.FixedZone("北京时间", 8*60*60)

// day returns the calendar day of a date or a date with time: in Beijing, where that has
// an offset, as programs write it for themselves (2026-11-23T20:00:00Z).
func (v *Value) day() (calendar.Date, bool) {
	day := v.Text[:min(10, len(v.Text))]
	if v.Kind == DateTime && len(v.Text) > 11 {
		clock := strings.ToUpper(v.Text[11:])
		for _, form := range zoned {
			if at, err := time.Parse(form, day+"T"+clock); err == nil {
				day = at.In(inBeijing).Format(time.DateOnly)
			}
		}
	}
	return calendar.ParseDate(day)
}

// zoned are the forms of a time with an offset.
var zoned = []string{time.RFC3339, "2006-01-02T15:04Z07:00"}

// checkScalar refuses what only begins like a date or a time.
func (b *builder) checkScalar(v *Value) {
	switch v.Kind {
	case Date, DateTime:
		b.checkDate(v)
	case Time:
		if !isClock(v.Text, "") {
			b.fail(ruleSyntax, v.Mark, fmt.Sprintf("没有 %s 这个时刻", v.Text), "时刻写成文字，如 \"08:30\"")
		}
	}
}

// checkDate refuses days that no calendar has, such as 2026-02-30, and what only
// begins like a date, such as a telephone number without quotation marks.
func (b *builder) checkDate(v *Value) {
	if day, ok := tidyDate(v.Text); ok {
		b.fail(ruleSyntax, v.Mark, fmt.Sprintf("日期“%s”的写法不对", v.Text), hintDate(day))
		return
	}
	if !plainDate.MatchString(v.Text) || v.Kind == Date && len(v.Text) > 10 {
		b.fail(ruleSyntax, v.Mark, fmt.Sprintf("“%s”没有加引号，又不是日期", v.Text), fmt.Sprintf("电话、编号一类的是文字，要加英文双引号：\"%s\"", v.Text))
		return
	}
	switch day, ok := v.day(); {
	case !ok:
		b.bag.Add(ruleImpossibleDate, b.pos(v.Mark), fmt.Sprintf("没有 %s 这一天", v.Text[:min(10, len(v.Text))]), "")
	case v.Kind == DateTime && !isClock(v.Text[len("2026-11-23T"):], "", "Z07:00"):
		b.fail(ruleSyntax, v.Mark, fmt.Sprintf("“%s”里没有这个时刻", v.Text), "只写日期："+v.Text[:10])
	case day.Year < firstYear || day.Year > lastYear:
		b.bag.Add(ruleImpossibleDate, b.pos(v.Mark), fmt.Sprintf("年份 %s 不对", v.Text[:4]), "年份写四位，如 2026-11-23")
	}
}

// isClock reports whether text is a time of day, followed by one of the zones.
func isClock(text string, zones ...string) bool {
	text = strings.ToUpper(text)
	for _, zone := range zones {
		for _, form := range []string{"15:04:05", "15:04"} {
			if _, err := time.Parse(form+zone, text); err == nil {
				return text[2] == ':' // not 7:30
			}
		}
	}
	return false
}
