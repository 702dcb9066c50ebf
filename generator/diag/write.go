package diag

import (
	"fmt"
	"io"
	"strings"
)

// Formats are the names that [Write] knows.
var Formats = []string{"text", "json", "gnu", "github", "sarif"}

// Style says how diagnostics are printed.
type Style struct {
	Format string // one of [Formats]
	Color  bool   // text only: ANSI colours
	Limit  int    // text and gnu: print at most so many, then their number; 0 is no limit
}

// Write prints l in the style s.
func Write(w io.Writer, l List, s Style) error {
	switch s.Format {
	case "json":
		return writeJSON(w, l)
	case "sarif":
		return writeSARIF(w, l)
	case "github":
		return writeGitHub(w, l)
	}
	shown := l
	if s.Limit > 0 && len(l) > s.Limit {
		shown = l[:s.Limit]
	}
	for _, d := range shown {
		if err := writeText(w, d, s); err != nil {
			return err
		}
	}
	if rest := len(l) - len(shown); rest > 0 {
		return Printf(w, "还有 %d 条没有列出；先改好上面的，再运行一次\n", rest)
	}
	return nil
}

func writeText(w io.Writer, d Diagnostic, s Style) error {
	if s.Format == "gnu" {
		return Printf(w, "%s: %s: %s [%s]\n", d.Pos, d.Severity, d.Message, d.Code)
	}
	before, after := "", ""
	if s.Color {
		before, after = "\x1b[1;"+map[Severity]string{Reminder: "36", Warning: "33", Error: "31"}[d.Severity]+"m", "\x1b[0m"
	}
	return Printf(w, "%s: "+before+"%s"+after+": %s [%s]\n  原因：%s\n  改法：%s\n", d.Pos, d.Severity.Chinese(), d.Message, d.Code, d.Reason, d.Hint)
}

func writeJSON(w io.Writer, l List) error {
	type item struct {
		Code     string `json:"code"`
		Severity string `json:"severity"`
		File     string `json:"file"`
		Line     int    `json:"line,omitempty"`
		Column   int    `json:"column,omitempty"`
		Message  string `json:"message"`
		Reason   string `json:"reason"`
		Hint     string `json:"hint"`
	}
	items := make([]item, len(l))
	for i, d := range l {
		items[i] = item{d.Code, d.Severity.String(), d.Pos.File, d.Pos.Line, d.Pos.Column, d.Message, d.Reason, d.Hint}
	}
	return PrintJSON(w, items)
}

// writeGitHub prints workflow commands, which GitHub and Gitea show beside the line.
func writeGitHub(w io.Writer, l List) error {
	text := strings.NewReplacer("%", "%25")
	property := strings.NewReplacer("%", "%25", ":", "%3A", ",", "%2C")
	for _, d := range l {
		place := ""
		if d.Pos.Line > 0 {
			place = fmt.Sprintf("line=%d,col=%d,", d.Pos.Line, max(1, d.Pos.Column))
		}
		err := Printf(w, "::%s file=%s,%stitle=%s::%s\n", d.Severity, property.Replace(d.Pos.File), place, d.Code, text.Replace(d.Message+"。"+d.Hint))
		if err != nil {
			return err
		}
	}
	return nil
}

// writeSARIF prints the subset of SARIF 2.1.0 that code scanners read.
func writeSARIF(w io.Writer, l List) error {
	type object = map[string]any
	results, used := []object{}, []object{}
	seen := map[string]bool{}
	for _, d := range l {
		place := object{"artifactLocation": object{"uri": d.Pos.File}}
		if d.Pos.Line > 0 {
			place["region"] = object{"startLine": d.Pos.Line, "startColumn": max(1, d.Pos.Column)}
		}
		results = append(results, object{
			"ruleId": d.Code, "level": d.Severity.String(), "message": object{"text": d.Message + "。" + d.Hint},
			"locations": []object{{"physicalLocation": place}},
		})
		if r := Lookup(d.Code); r != nil && !seen[d.Code] {
			seen[d.Code] = true
			used = append(used, object{"id": r.Code, "shortDescription": object{"text": r.Name}, "fullDescription": object{"text": r.Why}})
		}
	}
	return PrintJSON(w, object{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []object{{"tool": object{"driver": object{"name": "biandan", "rules": used}}, "columnKind": "unicodeCodePoints", "results": results}},
	})
}
