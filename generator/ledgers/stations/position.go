package stations

import "biandan/generator/diag"

var rulePosition = diag.Define(diag.Rule{Code: "E1217", Name: "经纬度只写了一半", Severity: diag.Error,
	Why: "“按位置找”要有纬度和经度才算得出远近；只写一个，驿站就排错了地方", Mend: "纬度（lat）和经度（lng）一起写，如 lat = 35.97、lng = 111.85；不写就都不写"})

// Placed reports whether it is known where the station stands.
func (s *Station) Placed() bool { return s.Lat != 0 && s.Lng != 0 }

func checkPosition(s *Station, bag *diag.Bag) {
	if (s.Lat == 0) == (s.Lng == 0) {
		return
	}
	has, lacks := "lat", "经度（lng）"
	if s.Lat == 0 {
		has, lacks = "lng", "纬度（lat）"
	}
	bag.Addf(rulePosition, s.At(has), "“%s”没有写%s", s.Name, lacks)
}
