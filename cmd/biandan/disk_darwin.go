package main

import (
	"slices"
	"syscall"
)

// disk tells how much room there is where dir lies, and whether that is on
// another machine.
func disk(dir string) (free uint64, network, ok bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return 0, false, false
	}
	name := ""
	for _, c := range s.Fstypename {
		if c == 0 {
			break
		}
		name += string(rune(c))
	}
	return s.Bavail * uint64(s.Bsize), slices.Contains([]string{"nfs", "smbfs", "afpfs", "webdav", "macfuse"}, name), true
}
