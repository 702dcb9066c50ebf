package pages

import "biandan/generator/view"

// Slip is the page on which residents write an order.
type Slip struct {
	view.Page
	Groups      []Group
	Communities []view.Field // with their phones
}

// Group is the offers of one kind.
type Group struct {
	Title  string
	Offers []Offer
}

// Offer is what can be chosen.
type Offer struct{ ID, Name, By, Phone string }
