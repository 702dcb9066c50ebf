// Package datafile reads TOML: ledgers (台账), front matter and site.toml.
//
// [Parse] turns text into a [Table] in which each key and value knows its line
// and column. [Decode] fills a Go struct from a table, strictly: an unknown
// key, a wrong type, a missing field, a value outside its range or its options
// is a diagnostic at the very place, and all of them are reported at once.
//
// The struct says what is allowed:
//
//	Name  string `toml:"name,required" zh:"名称"`
//	Stars int    `toml:"stars" zh:"星级" check:"min=1,max=5"`
//
// Fields may be strings, integers, floats, booleans, [calendar.Date],
// [calendar.Month], nested structs (a table or an inline table), slices of
// these and maps from a name to these. A string type with an Options method allows only
// those values. A type with a Parse method (see [Scalar]) reads itself from a
// string. Embedded structs are flattened.
//
// The syntax is checked by the parser of pelletier/go-toml, the only one that
// tells where each token stands; which keys may follow which is checked here.
package datafile

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"

	"biandan/generator/diag"
	"biandan/generator/source"
)

// Mark is a line and a column, both from 1, columns in characters.
type Mark struct{ Line, Column int32 }

// Kind is the type of a TOML value.
type Kind uint8

// The kinds of values.
const (
	String Kind = iota
	Integer
	Float
	Bool
	Date     // 2026-11-23
	DateTime // with a time of day, with or without an offset
	Time     // a time of day alone
	Array
	Tables // what [[name]] headers make
	Inner  // a table, inline or by header
)

// Chinese returns the name of a kind as staff know it.
func (k Kind) Chinese() string {
	return [...]string{"文字", "整数", "小数", "真假值", "日期", "日期时间", "时刻", "数组", "表的数组", "表"}[k]
}

// Value is one value with its place.
type Value struct {
	Kind  Kind
	Mark  Mark
	Text  string // the decoded string, or the literal of another scalar
	Items []*Value
	Table *Table
}

// Key is a key of a table with its value.
type Key struct {
	Name  string
	Mark  Mark
	Value *Value
}

// Table holds keys in the order of the file. Mark is the place of its header,
// of its brace, or of the first key that made it.
type Table struct {
	Mark Mark
	Keys []Key

	origin origin
	index  map[string]int // only when there are many keys
}

// origin tells how a table came to be, which decides what may extend it.
type origin uint8

const (
	byHeader    origin = iota // [a]
	byChild                   // [a.b] made a
	byDottedKey               // a.b = 1 made a
	byBrace                   // a = {}
)

const manyKeys = 16

// Get returns the value of a key, or nil.
func (t *Table) Get(name string) *Value {
	if t.index != nil {
		if i, ok := t.index[name]; ok {
			return t.Keys[i].Value
		}
		return nil
	}
	for i := range t.Keys {
		if t.Keys[i].Name == name {
			return t.Keys[i].Value
		}
	}
	return nil
}

func (t *Table) put(k Key) {
	t.Keys = append(t.Keys, k)
	switch {
	case t.index != nil:
		t.index[k.Name] = len(t.Keys) - 1
	case len(t.Keys) > manyKeys:
		t.index = make(map[string]int, 2*len(t.Keys))
		for i := range t.Keys {
			t.index[t.Keys[i].Name] = i
		}
	}
}

var (
	ruleSyntax = diag.Define(diag.Rule{Code: "E0201", Name: "TOML 写法有误", Severity: diag.Error,
		Why:     "台账和文章开头的数据用 TOML 写：一行一个“键 = 值”，文字放在英文双引号里",
		Mend:    "照相邻的几行改好这一行；标点一律用英文（半角）的",
		Example: "错：title = “关于公示的通知”\n错：title：\"关于公示的通知\"\n对：title = \"关于公示的通知\"\n对：title = \"关于“三会一课”的通知\"（引号里面可以用中文引号）"})
	ruleDuplicateKey = diag.Define(diag.Rule{Code: "E0202", Name: "键重复", Severity: diag.Error,
		Why: "同一个键写了两次，就不知道该用哪一个值", Mend: "删掉其中一个"})
)

// Parse reads the TOML in the bytes from start to end of t. Findings go to bag;
// ok is false when there is a mistake of syntax, and the table then holds what
// stood before it.
func Parse(t *source.Text, start, end int, bag *diag.Bag) (table *Table, ok bool) {
	b := &builder{text: t, data: t.Data[start:end], base: start, bag: bag}
	at := t.Pos(start)
	b.line, b.column = int32(at.Line), int32(at.Column)
	b.root = &Table{Mark: Mark{b.line, b.column}}
	b.current = b.root
	p := parsers.Get().(*unstable.Parser)
	defer parsers.Put(p)
	p.Reset(b.data)
	for b.parser = p; p.NextExpression(); {
		b.expression(p.Expression())
	}
	if err := p.Error(); err != nil {
		b.syntaxError(err)
		return b.root, false
	}
	return b.root, !b.failed
}

// parsers keep the room that they needed; none of it outlives a call of Parse.
var parsers = sync.Pool{New: func() any { return &unstable.Parser{} }}

type builder struct {
	text    *source.Text
	data    []byte
	base    int
	bag     *diag.Bag
	parser  *unstable.Parser
	root    *Table
	current *Table
	failed  bool

	// The place of the byte at offset seen, so that marks cost one pass.
	seen         int
	line, column int32
}

// mark returns the place of the byte at offset; offsets mostly rise.
func (b *builder) mark(offset int) Mark {
	if offset < b.seen || !b.text.Intact() {
		at := b.text.Pos(b.base + offset)
		return Mark{int32(at.Line), int32(at.Column)}
	}
	for b.seen < offset {
		r, n := rune(b.data[b.seen]), 1
		if r >= utf8.RuneSelf {
			_, n = utf8.DecodeRune(b.data[b.seen:])
		}
		b.seen += n
		if b.column++; r == '\n' {
			b.line, b.column = b.line+1, 1
		}
	}
	return Mark{b.line, b.column}
}

func (b *builder) pos(m Mark) diag.Pos {
	return diag.Pos{File: b.text.Path, Line: int(m.Line), Column: int(m.Column)}
}

func (b *builder) fail(r *diag.Rule, m Mark, message, hint string) {
	b.failed = true
	b.bag.Add(r, b.pos(m), message, hint)
}

func (b *builder) expression(n *unstable.Node) {
	switch n.Kind {
	case unstable.KeyValue:
		b.keyValue(b.current, n)
	case unstable.Table:
		b.header(b.keys(n.Key()), false)
	case unstable.ArrayTable:
		b.header(b.keys(n.Key()), true)
	}
}

type keyPart struct {
	name string
	mark Mark
	end  int
}

func (b *builder) keys(it unstable.Iterator) []keyPart {
	parts := make([]keyPart, 0, 2)
	for it.Next() {
		k := it.Node()
		from := int(k.Raw.Offset)
		parts = append(parts, keyPart{string(k.Data), b.mark(from), from + int(k.Raw.Length)})
	}
	return parts
}

// header opens the table of [a.b] or a new element of [[a.b]].
func (b *builder) header(parts []keyPart, array bool) {
	t := b.root
	for _, p := range parts[:len(parts)-1] {
		v := t.Get(p.name)
		if v == nil {
			v = &Value{Kind: Inner, Mark: p.mark, Table: &Table{Mark: p.mark, origin: byChild}}
			t.put(Key{p.name, p.mark, v})
		}
		if t = v.extensible(); t == nil {
			b.fail(ruleDuplicateKey, p.mark, fmt.Sprintf("“%s”前面已经有值，不能再当作表", p.name), "")
			b.current = &Table{}
			return
		}
	}
	last := parts[len(parts)-1]
	b.current = &Table{Mark: last.mark}
	v := t.Get(last.name)
	switch {
	case v == nil && array:
		v = &Value{Kind: Tables, Mark: last.mark}
		t.put(Key{last.name, last.mark, v})
		fallthrough
	case array && v.Kind == Tables:
		v.Items = append(v.Items, &Value{Kind: Inner, Mark: last.mark, Table: b.current})
	case v == nil:
		t.put(Key{last.name, last.mark, &Value{Kind: Inner, Mark: last.mark, Table: b.current}})
	case !array && v.Kind == Inner && v.Table.origin == byChild:
		v.Table.origin, v.Table.Mark = byHeader, last.mark
		b.current = v.Table
	default:
		hint := ""
		if v.Kind == Inner && v.Table.origin == byHeader {
			hint = fmt.Sprintf("若要写多条，每一条都用双层方括号 [[%s]]", last.name)
		}
		b.fail(ruleDuplicateKey, last.mark, fmt.Sprintf("“%s”重复了：前面已经写过", last.name), hint)
	}
}

// extensible returns the table that a longer header reaches through v, or nil.
func (v *Value) extensible() *Table {
	switch {
	case v.Kind == Tables:
		return v.Items[len(v.Items)-1].Table
	case v.Kind == Inner && v.Table.origin != byBrace:
		return v.Table
	}
	return nil
}

func (b *builder) keyValue(t *Table, n *unstable.Node) {
	parts := b.keys(n.Key())
	for _, p := range parts[:len(parts)-1] {
		v := t.Get(p.name)
		if v == nil {
			v = &Value{Kind: Inner, Mark: p.mark, Table: &Table{Mark: p.mark, origin: byDottedKey}}
			t.put(Key{p.name, p.mark, v})
		} else if v.Kind != Inner || v.Table.origin != byDottedKey {
			b.fail(ruleDuplicateKey, p.mark, fmt.Sprintf("“%s”前面已经有值，不能再加下级的键", p.name), "")
			return
		}
		t = v.Table
	}
	last := parts[len(parts)-1]
	if old := t.Get(last.name); old != nil {
		b.fail(ruleDuplicateKey, last.mark, fmt.Sprintf("键“%s”重复了：第 %d 行已经写过", last.name, old.Mark.Line), "")
		return
	}
	from := last.end
	for from < len(b.data) && (b.data[from] == ' ' || b.data[from] == '\t' || b.data[from] == '=') {
		from++
	}
	t.put(Key{last.name, last.mark, b.value(n.Value(), from)})
}

// value converts a node; arrays carry no place of their own and are given from.
func (b *builder) value(n *unstable.Node, from int) *Value {
	if n.Kind != unstable.Array {
		from = int(n.Raw.Offset)
	}
	v := &Value{Mark: b.mark(from)}
	switch n.Kind {
	case unstable.Array:
		v.Kind = Array
		for it := n.Children(); it.Next(); {
			v.Items = append(v.Items, b.value(it.Node(), from))
		}
		return v
	case unstable.InlineTable:
		v.Kind, v.Table = Inner, &Table{Mark: v.Mark, origin: byDottedKey}
		for it := n.Children(); it.Next(); {
			b.keyValue(v.Table, it.Node())
		}
		v.Table.seal()
		return v
	case unstable.Integer:
		v.Kind = Integer
	case unstable.Float:
		v.Kind = Float
	case unstable.Bool:
		v.Kind = Bool
	case unstable.LocalDate:
		v.Kind = Date
	case unstable.LocalTime:
		v.Kind = Time
	case unstable.LocalDateTime, unstable.DateTime:
		v.Kind = DateTime
	}
	if v.Text = string(n.Data); v.Kind == String && bytes.IndexByte(b.data[from:from+int(n.Raw.Length)], '\\') >= 0 {
		v.Text = source.Seen(v.Text, b.pos(v.Mark), b.bag) // what escapes stand for
	}
	b.checkScalar(v)
	return v
}

// seal forbids that anything extends an inline table or a table inside it.
func (t *Table) seal() {
	t.origin = byBrace
	for _, k := range t.Keys {
		if k.Value.Kind == Inner {
			k.Value.Table.seal()
		}
	}
}

func (b *builder) syntaxError(err error) {
	offset := len(b.data)
	var pe *unstable.ParserError
	if errors.As(err, &pe) && cap(pe.Highlight) > 0 {
		offset = min(len(b.data), cap(b.data)-cap(pe.Highlight))
	}
	offset, message, hint := explain(b.data, offset, strings.ToLower(err.Error()))
	b.failed = true
	b.bag.Add(ruleSyntax, b.text.Pos(b.base+offset), message, hint)
}
