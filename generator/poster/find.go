package poster

import "strings"

// Machine is what [Find] may ask about the machine.
type Machine struct {
	System string                                   // as runtime.GOOS says
	Env    func(name string) string                 // the environment
	Look   func(file string) (path string, ok bool) // a program, by its path or by a name in PATH
}

// BrowserVariable names the browser to use in the environment.
const BrowserVariable = "BIANDAN_BROWSER"

// programs are the usual names in PATH.
var programs = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "chrome", "msedge"}

// Find returns the path of the browser to print with: the one that the
// environment names, one in PATH, or one in its usual place.
func Find(m Machine) (string, error) {
	if wanted := m.Env(BrowserVariable); wanted != "" {
		if path, ok := m.Look(wanted); ok {
			return path, nil
		}
		return "", Problem{Message: "环境变量 " + BrowserVariable + " 指的“" + wanted + "”不是能运行的程序", Hint: "写浏览器程序的完整路径，或者去掉这个环境变量"}
	}
	for _, place := range append(programs, places(m)...) {
		if path, ok := m.Look(place); ok {
			return path, nil
		}
	}
	return "", Problem{Message: "这台机器上没有找到能打印的浏览器", Hint: mendBrowser(m.System)}
}

// places are where browsers are installed without being in PATH.
func places(m Machine) []string {
	var list []string
	switch m.System {
	case "windows":
		for _, product := range []string{`Microsoft\Edge\Application\msedge.exe`, `Google\Chrome\Application\chrome.exe`, `Chromium\Application\chrome.exe`} {
			for _, base := range []string{"ProgramFiles(x86)", "ProgramFiles", "LocalAppData"} {
				if dir := m.Env(base); dir != "" {
					list = append(list, strings.TrimSuffix(dir, `\`)+`\`+product)
				}
			}
		}
	case "darwin":
		for _, product := range []string{"Google Chrome", "Microsoft Edge", "Chromium"} {
			for _, base := range []string{"", m.Env("HOME")} {
				list = append(list, base+"/Applications/"+product+".app/Contents/MacOS/"+product)
			}
		}
	default:
		list = []string{"/snap/bin/chromium", "/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge"}
	}
	return list
}

func mendBrowser(system string) string {
	switch system {
	case "windows":
		return "安装 Microsoft Edge 或 Chrome；已经装在别处的，用环境变量 " + BrowserVariable + " 写明 msedge.exe 或 chrome.exe 的完整路径"
	case "darwin":
		return "安装 Chrome 或 Microsoft Edge；已经装在别处的，用环境变量 " + BrowserVariable + " 写明程序的完整路径"
	}
	return "安装 Chromium（Debian、Ubuntu：sudo apt install chromium）；已经装在别处的，用环境变量 " + BrowserVariable + " 写明程序的完整路径"
}
