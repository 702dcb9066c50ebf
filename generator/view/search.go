package view

// Search is the page on which readers search.
type Search struct {
	Page
	Script Asset
	Index  SearchIndex
	Lists  []Link      // of all names, in other orders
	Kinds  []LinkGroup // what has a name, for readers without a script
}

// SearchIndex is what the script has to know of the index.
type SearchIndex struct {
	Docs    int
	Limit   int    // by which lists of docs are coded
	Records int    // the first of them, which have no date
	Bits    int    // of a hash: which of the shards
	Block   int    // docs of a block
	At      string // where the index lies
	Root    string // before the addresses of hits
	File    string // of a folder, where links name it; there shards are scripts
	Version string
	Kinds   string // the names of the kinds of hits, by their numbers, with ; between
}
