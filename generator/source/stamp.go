package source

import "io/fs"

// stampOf returns what tells one state of a file from another beside its size:
// its time and, as a copy that keeps its times (cp -p, touch -r, an unpacked
// archive) has the time of what it replaces, which file it is and when the system
// last changed it, where the system says so.
func stampOf(info fs.FileInfo) uint64 {
	node, changed := identity(info)
	const prime = 0x9e3779b97f4a7c15 // spreads near times and nodes over the word
	stamp := uint64(info.ModTime().UnixNano())
	stamp = (stamp ^ stamp>>29) * prime
	stamp = (stamp ^ stamp>>32 ^ node) * prime
	return (stamp ^ stamp>>32 ^ uint64(changed)) * prime
}
