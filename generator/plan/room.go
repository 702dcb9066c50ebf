package plan

import (
	"cmp"
	"slices"
)

// Room is what plans the pages of one folder: those of a ledger with a design of
// its own, the boards, the home page.
type Room struct {
	Folder string // first part of the addresses
	Title  string // of the folder, where it is no ledger's
	// Plan plans the pages. It reports whether the folder has an index of its own
	// design now; otherwise its ledger gets a table.
	Plan func(b *Builder) bool
	// Inside plans sheets that never leave the organisation, from a book of what it may
	// read; nil: none.
	Inside func(b *Builder)
	// Offline says that readers have the pages also without network.
	Offline bool
	// Shows says that the room shows what other rooms have planned, and comes after
	// them.
	Shows bool
}

var rooms []Room

// Declare adds a room to the tool; it is called while the program starts.
func Declare(r Room) {
	rooms = append(rooms, r)
	slices.SortStableFunc(rooms, func(x, y Room) int {
		return cmp.Or(cmp.Compare(order(x), order(y)), cmp.Compare(x.Folder, y.Folder))
	})
}

func order(r Room) int {
	if r.Shows {
		return 1
	}
	return 0
}
