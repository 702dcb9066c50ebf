package appraisals

import (
	"fmt"

	"biandan/generator/diag"
	"biandan/generator/ledger"
)

func init() {
	yearly.Prove("民主评议", func(b *ledger.Book, a *Appraisal) (value, missing string) {
		value = "没有定责"
		if !a.DutiesSet.IsZero() {
			value = a.DutiesSet.String() + " 定责"
		}
		value += fmt.Sprintf("，季公示 %d 次", len(a.Posted))
		if !a.Meeting.IsZero() {
			value += "，" + a.Meeting.String() + " 评议"
		}
		bag := &diag.Bag{}
		a.checkSteps(b, bag)
		for _, d := range bag.List() {
			missing = d.Message
		}
		return value, missing
	})
}
