package themes_test

import (
	"context"
	"encoding/csv"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// ask types a query on the page of the search and returns what it shows.
const ask = `(q) => new Promise(done => {
  const form = document.querySelector("[data-search]"), list = document.querySelector("[data-hits]");
  form.elements.q.value = q;
  form.dispatchEvent(new Event("submit", { cancelable: true }));
  const look = () => list.getAttribute("aria-busy") === "true" ? setTimeout(look, 5) : done({
    status: document.querySelector("[data-status]").textContent,
    hits: [...list.children].map(e => e.querySelector(".hit-head a").textContent),
    urls: [...list.children].map(e => e.querySelector(".hit-head a").href),
    texts: [...list.children].map(e => e.textContent),
  });
  look();
})`

type answer struct {
	Status            string
	Hits, URLs, Texts []string
}

func search(t *testing.T, ctx context.Context, q string) answer {
	t.Helper()
	return evaluateAsync[answer](t, ctx, "("+ask+")("+strconv.Quote(q)+")")
}

// TestSearch asks for names, for parts of them, for what is typed without Chinese and for
// words of texts, over a network and from a disk, and of a site with absolute links, whose
// index is bytes.
func TestSearch(t *testing.T) {
	ctx, dest := browser(t), buildDemonstration(t)
	srv := httptest.NewServer(http.FileServerFS(os.DirFS(dest)))
	defer srv.Close()
	hosted := serveDemonstration(t)
	for _, base := range []string{srv.URL, "file://" + filepath.ToSlash(dest), hosted.URL} {
		visit(t, ctx, base+"/search/index.html", 360, true)
		for q, want := range map[string]string{
			"高龄津贴": "高龄", "党员说事岗": "党员说事岗", "fwqd": "服务清单", "fuwuqingdan": "服务清单", "文昌苑红扁担驿站": "文昌苑红扁担驿站", "东街社区党委": "东街社区党委", "  冬 季 停 车": "冬季停车",
			"报 警 器": "报警器",
		} {
			a := search(t, ctx, q)
			if !strings.Contains(strings.Join(a.Hits[:min(3, len(a.Hits))], "\n"), want) && !strings.Contains(strings.Join(a.Texts[:min(3, len(a.Texts))], "\n"), want) {
				t.Errorf("%s%s: %s %q", base[:5], q, a.Status, a.Hits)
			}
		}
		if a := search(t, ctx, "魑魅魍魉"); len(a.Hits) != 0 || !strings.Contains(a.Status, "没有找到") {
			t.Errorf("what is nowhere: %s %q", a.Status, a.Hits)
		}
		if a := search(t, ctx, "、，"); a.Status != "" || len(a.Hits) != 0 {
			t.Errorf("nothing to search for: %s", a.Status)
		}
	}
	for what, shard := range map[string]func(w http.ResponseWriter){
		"a page that stands for whatever a server lacks": func(w http.ResponseWriter) { w.Write([]byte("<!doctype html>")) },
		"a shard that is cut short": func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/octet-stream")
			w.Write([]byte{0, 0x80})
		},
	} {
		broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".bin") {
				shard(w)
				return
			}
			http.FileServerFS(os.DirFS(hosted.dest)).ServeHTTP(w, r)
		}))
		defer broken.Close()
		visit(t, ctx, broken.URL+"/search/", 360, true)
		if a := search(t, ctx, "高龄津贴"); len(a.Hits) != 0 || !strings.Contains(a.Status, "没有读到索引") {
			t.Errorf("%s: %s %q", what, a.Status, a.Hits)
		}
	}
}

// TestSearchFindsNames asks for the whole name of records of the open data, and for their
// initials: the record is among the first three.
func TestSearchFindsNames(t *testing.T) {
	ctx, dest := browser(t), buildDemonstration(t)
	srv := httptest.NewServer(http.FileServerFS(os.DirFS(dest)))
	defer srv.Close()
	visit(t, ctx, srv.URL+"/search/", 360, true)
	r := rand.New(rand.NewPCG(7, 8))
	for _, file := range []string{"services-service", "stations-station", "branches-branch"} {
		names := namesOf(t, filepath.Join(dest, "data", file+".csv"))
		for range 12 {
			name := names[r.IntN(len(names))]
			if a := search(t, ctx, name); !among(a.Hits, name) {
				t.Errorf("%s: %s %q", name, a.Status, a.Hits)
			}
		}
	}
}

// TestHitsSayWhatIsOpen looks for a station on some days: its hit says what holds then.
func TestHitsSayWhatIsOpen(t *testing.T) {
	ctx, dest := browser(t), buildDemonstration(t) // of 2026-11-23
	for moment, want := range map[string]string{
		"2026-11-26T10:00:00+08:00": "现在开着，到 11:30",
		"2026-11-26T20:00:00+08:00": "今天已经关门，明天 09:00 开门",
		"2026-12-05T10:00:00+08:00": "今天不开放：更换暖气阀门（示例），明天 09:30 开门",
		"2027-01-02T10:00:00+08:00": "今天开不开，请打电话问",
	} {
		undo := at(t, ctx, moment)
		open(t, ctx, dest, "search/index.html", 360, true)
		if a := search(t, ctx, "和苑小区红扁担驿站"); len(a.Texts) == 0 || !strings.Contains(a.Texts[0], want) || !strings.Contains(a.Texts[0], "09:00") {
			t.Errorf("%s: %q, want %s", moment, a.Texts, want)
		}
		undo()
	}
}

func among(hits []string, name string) bool {
	for _, h := range hits[:min(3, len(hits))] {
		if h == name {
			return true
		}
	}
	return false
}

// namesOf reads the names of a file of the open data.
func namesOf(t *testing.T, file string) (names []string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := 0
	for i, head := range rows[0] {
		if strings.HasSuffix(head, "名称") {
			column = i
			break
		}
	}
	for _, row := range rows[1:] {
		names = append(names, row[column])
	}
	return names
}

// TestSearchByKeyboard searches with the keys alone, on the screen of an old phone.
func TestSearchByKeyboard(t *testing.T) {
	ctx, dest := browser(t), buildDemonstration(t)
	srv := httptest.NewServer(http.FileServerFS(os.DirFS(dest)))
	defer srv.Close()
	w := watch(t, ctx)
	visit(t, ctx, srv.URL+"/search/", 320, true)
	tabTo(t, ctx, "#q")
	press(t, ctx, "高龄津贴"+kb.Enter)
	search(t, ctx, "高龄津贴")
	tabTo(t, ctx, ".hit-head a")
	if wrong := evaluate[string](t, ctx, lookAt); wrong != "" {
		t.Error(wrong)
	}
	for _, note := range w.seen() {
		if !strings.HasPrefix(note, srv.URL) {
			t.Error(note)
		}
	}
}
