package scaffold

import (
	"embed"
	"io/fs"
	"strings"

	"biandan/generator/calendar"
)

//go:embed site/.gitignore site/README.md site/site.toml all:site/content
var starter embed.FS

// SiteDay is the day for which the files in site/ are written. The notice on it
// needs some workdays in the one year whose holidays the site holds.
var SiteDay = calendar.Date{Year: 2026, Month: 11, Day: 23}

// Site returns the files of the starter site as of the day d: its news, its
// notice and its monthly theme are of that day, where the site's holidays allow
// it, so that the first look at it shows something going on.
func Site(d calendar.Date) ([]File, error) {
	const fortnight = 14 // days after which the sample notice goes: its period is over by then
	if d.Year != SiteDay.Year || d.AddDays(fortnight).Year != SiteDay.Year {
		d = SiteDay
	}
	dates := strings.NewReplacer(SiteDay.String(), d.String(), SiteDay.AddDays(fortnight).String(), d.AddDays(fortnight).String(),
		SiteDay.YearMonth().String(), d.YearMonth().String())
	var files []File
	err := fs.WalkDir(starter, "site", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := starter.ReadFile(p)
		if err != nil {
			return err
		}
		f := File{dates.Replace(strings.TrimPrefix(p, "site/")), []byte(dates.Replace(string(data)))}
		f.nameSchema()
		files = append(files, f)
		return nil
	})
	return files, err
}
