package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"biandan/generator/build"
	"biandan/generator/calendar"
	"biandan/generator/config"
	"biandan/generator/diag"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/themes"
)

// settings are the flags that several commands share.
type settings struct {
	source, destination, cacheDir string
	baseURL, at, format           string
	drafts, future, expired       bool
	strict, quiet, verbose        bool
	noCache, verifyCache          bool
	inside                        bool // what is never published, to be printed

	origin map[string]string // flag → where its value came from, when not the default
}

// variables are the flags that may be set by BIANDAN_… in the environment.
var variables = []string{"source", "destination", "cache-dir", "base-url", "at", "format", "drafts", "future", "expired", "strict"}

func (s *settings) addSite(f *pflag.FlagSet) {
	f.StringVarP(&s.source, "source", "s", ".", "网站所在的`文件夹`")
	f.StringVarP(&s.baseURL, "base-url", "b", "", "网站的`网址`，代替 site.toml 里的 base_url")
	f.StringVar(&s.at, "at", "", "按这个`日期`生成，如 2026-12-01；代替 site.toml 里的 as_of")
	f.BoolVarP(&s.drafts, "drafts", "D", false, "也生成草稿")
	f.BoolVar(&s.future, "future", false, "也生成还没有到日子的")
	f.BoolVar(&s.expired, "expired", false, "也生成已经下线的")
	f.StringVar(&s.format, "format", "text", "消息的`格式`："+strings.Join(diag.Formats, "、"))
}

func (s *settings) addOutput(f *pflag.FlagSet) {
	f.StringVarP(&s.destination, "destination", "d", "", "输出的`文件夹`（默认是网站文件夹里的 public）")
	f.StringVar(&s.cacheDir, "cache-dir", "", "缓存的`文件夹`（默认在系统放缓存的地方，一个网站一个）")
	f.BoolVar(&s.noCache, "no-cache", false, "不用缓存，全部重做")
	f.BoolVar(&s.verifyCache, "verify-cache", false, "全部重做，并核对缓存是否可靠")
	f.BoolVar(&s.strict, "strict", false, "有警告也算失败")
	f.BoolVarP(&s.quiet, "quiet", "q", false, "只说错误和警告")
	f.BoolVarP(&s.verbose, "verbose", "v", false, "多说一些")
}

// fromEnvironment fills the flags that were not given from BIANDAN_….
func (s *settings) fromEnvironment(f *pflag.FlagSet, lookup func(string) (string, bool)) error {
	s.origin = map[string]string{}
	for _, name := range variables {
		flag := f.Lookup(name)
		if flag == nil {
			continue
		}
		variable := "BIANDAN_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		if flag.Changed {
			s.origin[name] = "选项 --" + name
		} else if value, ok := lookup(variable); ok && value != "" {
			if err := flag.Value.Set(value); err != nil {
				return usage(fmt.Sprintf("环境变量 %s 的值“%s”不对", variable, value), "")
			}
			s.origin[name] = "环境变量 " + variable
		}
	}
	return s.check(f)
}

// check reports values that no command could use, and where they came from.
func (s *settings) check(f *pflag.FlagSet) error {
	wrong := func(name, message, hint string) error {
		if from := s.origin[name]; strings.HasPrefix(from, "环境变量") {
			message = from + "：" + message
		}
		return usage(message, hint)
	}
	if f.Lookup("format") != nil && !slices.Contains(diag.Formats, s.format) {
		return wrong("format", fmt.Sprintf("没有格式“%s”", s.format), diag.DidYouMean(s.format, diag.Formats, "格式有："+strings.Join(diag.Formats, "、")))
	}
	if _, ok := calendar.ParseDate(s.at); s.at != "" && !ok {
		name := "at"
		if f.Lookup("date") != nil {
			name = "date"
		}
		return wrong("at", fmt.Sprintf("--%s 的日期“%s”不对", name, s.at), "写成 2026-12-01 的样子")
	}
	if s.baseURL != "" {
		address, ok := config.Address(s.baseURL)
		if !ok {
			return wrong("base-url", fmt.Sprintf("网址“%s”不对", s.baseURL), "写完整的网址，以 https:// 开头，不带问号和井号")
		}
		s.baseURL = address
	}
	return nil
}

// options are those of a build today.
func (s *settings) options() build.Options {
	o := build.Options{Today: today(), BaseURL: s.baseURL, Themes: themes.FS, Tool: tool(), NoCache: s.noCache, Verify: s.verifyCache, Strict: s.strict,
		Visible: ledger.Visible{Drafts: s.drafts, Future: s.future, Expired: s.expired, Inside: s.inside}}
	if s.at != "" {
		o.AsOf, _ = calendar.ParseDate(s.at) // checked before
	}
	return o
}

// tool is the identity of this program. What another one left in the cache is
// not believed.
var tool = sync.OnceValue(func() digest.Sum {
	path, err := os.Executable()
	if err != nil {
		return digest.Of(version)
	}
	f, err := os.Open(path)
	if err != nil {
		return digest.Of(version)
	}
	defer f.Close()
	return identityOf(f)
})

// buildIDs are what stands before the identity that Go's linker gives a program
// and that depends on all of it: on Linux, and elsewhere.
var buildIDs = [][]byte{[]byte("\x04\x00\x00\x00Go\x00\x00"), []byte("Go build ID: ")}

// identityOf returns the identity of a program file: its beginning, where that
// holds the linker's identity, as reading all of it would take longer than a
// build that finds nothing to do; else all its bytes.
func identityOf(f io.Reader) digest.Sum {
	head := make([]byte, 64<<10)
	n, _ := io.ReadFull(f, head)
	head = head[:n]
	for _, id := range buildIDs {
		if bytes.Contains(head, id) {
			return digest.Bytes(head)
		}
	}
	rest, err := io.ReadAll(f)
	if err != nil {
		return digest.Of(version)
	}
	return digest.Bytes(append(head, rest...))
}

// today is the present day where the sites are: the only look at a clock that
// decides what a site shows.
func today() calendar.Date {
	return calendar.DateOf(time.Now().In(time.FixedZone("CST", 8*60*60)))
}
