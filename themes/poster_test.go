package themes_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"

	"biandan/generator/diag"
	"biandan/generator/poster"
)

// monthsIn writes the demonstration site with its twelve months in four designs
// on three papers, and publishes it.
func monthsIn(t *testing.T, designs, papers []string) string {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "content"), os.DirFS(filepath.Join("..", "content"))); err != nil {
		t.Fatal(err)
	}
	site, err := os.ReadFile(filepath.Join("..", "site.toml"))
	if err == nil {
		err = os.WriteFile(filepath.Join(root, "site.toml"), site, 0o644)
	}
	old, at := regexp.MustCompile(`(?m)^(design|sheet|landscape) = .*\n`), regexp.MustCompile(`(?m)^month = `)
	for i := range 12 {
		name := filepath.Join(root, "content", "months", fmt.Sprintf("2026-%02d.md", i+1))
		text, e := os.ReadFile(name)
		if e != nil {
			t.Fatal(e)
		}
		head := fmt.Sprintf("design = %q\n%s\nmonth = ", designs[i%len(designs)], papers[i/len(designs)])
		text = at.ReplaceAll(old.ReplaceAll(text, nil), []byte(head))
		if e := os.WriteFile(name, text, 0o644); e != nil {
			t.Fatal(e)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return buildSite(t, root)
}

// inspected is what poster.Inspect finds on a sheet of the site in dest.
func inspected(t *testing.T, b *poster.Browser, p string, width, height float64) diag.List {
	t.Helper()
	bag := &diag.Bag{}
	if err := b.Inspect(t.Context(), poster.Sheet{Path: p, Title: p, Width: width, Height: height}, bag); err != nil {
		t.Fatal(err)
	}
	return bag.List()
}

// printer is a browser that sees the site in dest.
func printer(t *testing.T, dest string) *poster.Browser {
	t.Helper()
	program, err := poster.Find(poster.Machine{System: runtime.GOOS, Env: os.Getenv, Look: func(file string) (string, bool) {
		p, err := exec.LookPath(file)
		return p, err == nil
	}})
	if err != nil {
		t.Skip("no Chromium, Chrome or Edge on this machine: posters are not looked at")
	}
	b, err := poster.Start(t.Context(), poster.Setup{Program: program, Address: "https://hongbiandan.example/", Tabs: 1, Files: func(p string) ([]byte, bool) {
		data, err := os.ReadFile(filepath.Join(dest, filepath.FromSlash(p)))
		return data, err == nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

// postersOf measures the first box of a poster: how many boxes there are, the
// largest letters of title and slogan as a share of the height, how near to the
// foot of the sheet its lowest text stands, and the lines that hold one
// character only.
const postersOf = `(() => {
  const all = [...document.querySelectorAll(".sheet")], s = all[0], b = s.getBoundingClientRect();
  const size = e => parseFloat(getComputedStyle(e).fontSize);
  const lone = [...s.querySelectorAll(".ln, .tl")].filter(e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const across = getComputedStyle(e).writingMode === "horizontal-tb";
    const lines = [...range.getClientRects()].map(r => across ? r.width : r.height);
    return lines.some(w => w < 1.5 * size(e)) && e.textContent.length > 1;
  }).map(e => e.textContent);
  return {
    boxes: all.length,
    largest: Math.max(...[...s.querySelectorAll("h1, .pslogan")].map(size)) / b.height,
    foot: (b.bottom - s.querySelector(".sfoot").getBoundingClientRect().bottom) / b.height,
    code: (b.right - s.querySelector(".qr").getBoundingClientRect().right) / b.width,
    lone: lone,
  };
})()`

type posterMeasures struct {
	Boxes   int      `json:"boxes"`
	Largest float64  `json:"largest"`
	Foot    float64  `json:"foot"`
	Code    float64  `json:"code"`
	Lone    []string `json:"lone"`
}

// TestPostersInEveryDesign looks at each of the four designs on three papers: one
// box, nothing beyond it, full, the title a twelfth of its height, the code at
// the right and the foot at the bottom, no character alone on a line.
func TestPostersInEveryDesign(t *testing.T) {
	ctx := browser(t)
	designs := []string{"庄重红", "素纸", "节庆", "省墨"}
	sizes := [][2]float64{{210, 297}, {420, 297}, {600, 900}}
	dest := monthsIn(t, designs, []string{`sheet = "A4"`, "sheet = \"A3\"\nlandscape = true", `sheet = "600×900"`})
	b := printer(t, dest)
	for i := range 12 {
		p := fmt.Sprintf("sheets/months/2026-%02d.html", i+1)
		name := fmt.Sprintf("%s in %s on %v", p, designs[i%4], sizes[i/4])
		if found := inspected(t, b, p, sizes[i/4][0], sizes[i/4][1]); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
		open(t, ctx, dest, p, 1440, true)
		m := evaluate[posterMeasures](t, ctx, postersOf)
		if m.Boxes != 1 || m.Largest < 1.0/12 || m.Foot < 0 || m.Foot > 0.06 || m.Code < 0 || m.Code > 0.08 || len(m.Lone) > 0 {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

// TestPostersOfTheDemonstration looks at all months as they are shown to the
// world: all four designs, nothing to find fault with.
func TestPostersOfTheDemonstration(t *testing.T) {
	ctx := browser(t)
	dest := buildDemonstration(t)
	b := printer(t, dest)
	seen := map[string]bool{}
	for i := range 12 {
		p := fmt.Sprintf("sheets/months/2026-%02d.html", i+1)
		open(t, ctx, dest, p, 1440, true)
		size := evaluate[[]float64](t, ctx, `["--w", "--h"].map(v => parseFloat(getComputedStyle(document.querySelector(".sheet")).getPropertyValue(v)))`)
		if found := inspected(t, b, p, size[0], size[1]); len(found) > 0 {
			t.Errorf("%s: %v", p, found)
		}
		seen[evaluate[string](t, ctx, `document.querySelector(".sheet").className.match(/d-\w+/)[0]`)] = true
		if m := evaluate[posterMeasures](t, ctx, postersOf); m.Boxes != 1 || m.Largest < 1.0/12 || len(m.Lone) > 0 {
			t.Errorf("%s: %+v", p, m)
		}
	}
	if len(seen) != 4 {
		t.Errorf("designs: %v", seen)
	}
}
