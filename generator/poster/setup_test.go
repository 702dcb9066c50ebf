package poster

import (
	"errors"
	"strings"
	"testing"
)

// TestBrowserWithoutSandboxIsExplained wants the cause and not the browser's English
// where the system lets nobody make a sandbox.
func TestBrowserWithoutSandboxIsExplained(t *testing.T) {
	p := doesNotStart("/usr/bin/chromium", errors.New("chrome failed to start:\n[1:1:FATAL:zygote_host_impl_linux.cc(126)] No usable sandbox! If you are running on Ubuntu 23.10+ …"))
	if !strings.Contains(p.Message, "沙箱") || strings.Contains(p.Message, "usable") || !strings.Contains(p.Hint, "名字空间") {
		t.Errorf("got %q, %q", p.Message, p.Hint)
	}
}
