package attachment

import "testing"

// LimitText has attachments unpacked to so many bytes at most, while the test runs.
func LimitText(t *testing.T, bytes int64) {
	was := maxText
	t.Cleanup(func() { maxText = was })
	maxText = bytes
}
