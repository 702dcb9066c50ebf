package personal

import (
	"strconv"
	"strings"
	"time"
)

// group is a run of digits, to and from in the normal text.
type group struct{ from, to int }

// numbers finds the identity numbers, mobile numbers and cards.
func (n *normal) numbers() (all []Found) {
	for _, run := range n.runs() {
		first := true // nothing unknown stands before the group
		for i := 0; i < len(run); {
			kind, groups, ok := n.classify(run[i:])
			if ok && (first || groups == 1) {
				last := run[i+groups-1]
				end := last.to
				if kind <= NearIdentity && end < len(n.text) && (n.text[end] == 'X' || n.text[end] == 'x') {
					end++
				}
				all = append(all, Found{kind, run[i].from, end})
				i += groups
				first = true
				continue
			}
			first = false
			i++
		}
	}
	return all
}

// runs are the groups of digits that follow each other with single separators.
func (n *normal) runs() (all [][]group) {
	var run []group
	for i := 0; i < len(n.text); {
		if !digit(n.text[i]) {
			i++
			continue
		}
		from := i
		for i < len(n.text) && digit(n.text[i]) {
			i++
		}
		joined := len(run) > 0 && from == run[len(run)-1].to+1 && isSeparator(n.text[from-1])
		if !joined && len(run) > 0 {
			all, run = append(all, run), nil
		}
		run = append(run, group{from, i})
	}
	if len(run) > 0 {
		all = append(all, run)
	}
	return all
}

// isSeparator reports whether a character may stand between the digits of a number.
func isSeparator(r rune) bool { return strings.ContainsRune(" -.·‐‑–—\u00a0\u3000_－．", r) }

// classify says what the first groups of a run are, and how many they are.
func (n *normal) classify(run []group) (kind Kind, groups int, ok bool) {
	const most = 6 // groups of one number
	if n.inWord(run[0].from) {
		return 0, 0, false
	}
	digits := ""
	for i, g := range run[:min(most, len(run))] {
		digits += string(n.text[g.from:g.to])
		if len(digits) > 19 {
			break
		}
		if !n.ends(g.to) {
			continue
		}
		if kind, ok := n.identity(digits, run[0].from, g.to); ok {
			return kind, i + 1, true
		}
		if n.mobile(digits, run[:i+1]) {
			return Mobile, i + 1, true
		}
		if n.card(digits, run[:i+1]) {
			return Card, i + 1, true
		}
	}
	return 0, 0, false
}

// inWord reports whether a number that begins there goes on from a word, a code or
// an address of the web.
func (n *normal) inWord(from int) bool {
	if from == 0 {
		return false
	}
	return letter(n.text[from-1]) || n.inAddress(from)
}

// inAddress reports whether a place lies in an address of the web.
func (n *normal) inAddress(place int) bool {
	const far = 300
	from := place
	for from > max(0, place-far) && n.text[from-1] > ' ' && n.text[from-1] < 0x80 {
		from--
	}
	return strings.Contains(string(n.text[from:place]), "://")
}

// ends reports whether a number may end there.
func (n *normal) ends(to int) bool {
	if to == len(n.text) {
		return true
	}
	next := n.text[to]
	if next == 'X' || next == 'x' {
		return to+1 == len(n.text) || !letter(n.text[to+1]) && !digit(n.text[to+1])
	}
	return !letter(next) && next != '%'
}

// provinces are the first two digits of areas (GB/T 2260).
const provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

// identity classifies what may be an identity number: eighteen characters, the last
// perhaps an X after the digits; or fifteen, of the old form, behind a label.
func (n *normal) identity(digits string, from, to int) (Kind, bool) {
	if len(digits) == 17 && to < len(n.text) && (n.text[to] == 'X' || n.text[to] == 'x') {
		digits += "X"
	}
	if len(digits) == 15 && n.before(from, 12, "身份证", "证件号", "证号", "公民身份") {
		return Identity, isArea(digits) && isBirth("19"+digits[6:12])
	}
	if len(digits) != 18 || !isArea(digits) || !isBirth(digits[6:14]) || n.before(from, 12, "信用代码", "统一代码") {
		return 0, false
	}
	if checkOf(digits) == digits[17] {
		return Identity, true
	}
	return NearIdentity, true
}

func isArea(digits string) bool {
	return strings.Contains(provinces, " "+digits[:2]+" ")
}

// isBirth reports whether eight digits are a day on which somebody may be born who
// has an identity card.
func isBirth(digits string) bool {
	day, err := time.Parse("20060102", digits)
	return err == nil && day.Year() >= 1900 && day.Year() <= 2099
}

// checkOf is the check digit of an identity number (GB 11643-1999).
func checkOf(digits string) byte {
	sum := 0
	for i, weight := range [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(digits[i]-'0')
	}
	return "10X98765432"[sum%11]
}

// mobileForms are the ways in which the eleven digits are grouped.
var mobileForms = map[string]bool{"11": true, "3 4 4": true, "3 8": true, "7 4": true, "4 3 4": true, "2 11": true, "2 3 4 4": true, "13": true}

// mobile reports whether the groups are a mobile number, perhaps with 86 before it.
func (n *normal) mobile(digits string, groups []group) bool {
	form := strings.Builder{}
	for i, g := range groups {
		if i > 0 {
			form.WriteByte(' ')
		}
		form.WriteString(strconv.Itoa(g.to - g.from))
	}
	if rest, ok := strings.CutPrefix(digits, "86"); ok && len(rest) == 11 {
		digits = rest
	}
	if !mobileForms[form.String()] || len(digits) != 11 || digits[0] != '1' || digits[1] < '3' {
		return false
	}
	return !n.isAmount(groups[len(groups)-1].to) && !n.before(groups[0].from, 6, "文号", "编号", "订单", "流水", "ISBN")
}

// isAmount reports whether a unit follows a number that ends there, perhaps after
// decimals.
func (n *normal) isAmount(end int) bool {
	i := end
	if i < len(n.text) && n.text[i] == '.' {
		for i++; i < len(n.text) && digit(n.text[i]); i++ {
		}
	}
	for i < len(n.text) && n.text[i] == ' ' {
		i++
	}
	return i < len(n.text) && strings.ContainsRune("元万亿吨斤米户人次件平", n.text[i])
}

// card reports whether the groups are the number of a bank card: of UnionPay, or
// of another where a word says so.
func (n *normal) card(digits string, groups []group) bool {
	if len(digits) < 16 || !luhn(digits) {
		return false
	}
	for i, g := range groups {
		if size := g.to - g.from; len(groups) > 1 && (size > 4 && i < len(groups)-1 || size > 7) {
			return false
		}
	}
	return strings.HasPrefix(digits, "62") || n.before(groups[0].from, 12, "卡号", "账号", "帐号", "账户", "帐户", "开户", "银行", "一卡通", "存折")
}

// luhn checks the last digit of a card (ISO/IEC 7812).
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
