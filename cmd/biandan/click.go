package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"

	"biandan/generator/diag"
	"biandan/generator/source"
)

// clicked is what happens when somebody double-clicks the program: the site in
// whose folder it lies is shown in the browser. The window closes when the
// program ends, so whatever there is to read waits for a key. exe is the path of
// the program; command runs it with arguments.
func clicked(exe string, in io.Reader, out io.Writer, command func(args ...string) int) int {
	dir := filepath.Dir(exe)
	code := exitEnvironment
	if _, err := os.Stat(filepath.Join(dir, source.ConfigFile)); err != nil {
		diag.Printf(out, notASite, dir, filepath.Base(exe), filepath.Base(exe))
	} else {
		code = command("serve", "--open", "-s", dir)
	}
	if code != 0 {
		diag.Printf(out, "\n按回车键关闭这个窗口")
		bufio.NewReader(in).ReadString('\n')
	}
	return code
}

const notASite = `红扁担：这里还不是网站的文件夹

“%s”里没有 site.toml。

已经有网站：把 %s 放进网站的文件夹，和 site.toml 放在一起，再双击。
还没有网站：在这里打开命令行（在地址栏里输入 cmd 再回车），运行
  %s init 我们县
它会新建一个“我们县”文件夹；把本程序也放进去，双击就能看到。
`
