// Package programme is the ledger of the parts of the programme “五化一创”.
package programme

import "biandan/generator/ledger"

// Part is one of the parts of the programme, with a live figure.
type Part struct {
	ledger.Page
	No     int               `toml:"no,required" zh:"序号" check:"min=1"`
	Short  string            `toml:"short" zh:"简称"`
	Figure ledger.FigureName `toml:"figure" zh:"实时数字"`
	Topics []string          `toml:"topics" zh:"内容"`
}

// Rank implements [ledger.Ranked].
func (p *Part) Rank() int { return p.No }

func init() {
	ledger.Declare(ledger.Ledger{Folder: "programme", Title: "五化一创"}, ledger.Pages[Part]("部分").Lasting())
}
