// Package poster prints sheets: pages of the site that are made for paper
// become PDF files, through the Chromium, Chrome or Edge of this machine.
//
// [Find] looks for the browser. [Start] starts it, once for all sheets, with a
// tab for each core. It is offline: it sees the files of one build and nothing
// else. [Run] prints documents into a folder. A [Document] is one sheet or
// several, a [Form] says how it comes to paper: at its own size or another,
// over many small pages, with bleed, with little ink.
//
// The PDF of a document is kept under the identity of all files that the
// browser loaded for it, the browser and the form. So a sheet is printed again
// only when one of these has changed, and when none has, no browser starts. The
// fonts of the machine are not looked at: with other fonts, print without cache.
//
// The same input gives the same bytes: what a browser writes of the time and of
// its own numbering is replaced by something constant ([Normalize]).
//
// [Inspect] looks at a sheet as it comes to paper: what is cut off, too small
// to read, or too long for its page.
package poster

import (
	"biandan/generator/diag"
	"biandan/generator/digest"
)

// Sheet is a page of the site that is made for paper. Sizes are millimetres. It
// may hold several boxes of that size, each a page.
type Sheet struct {
	Path          string // of its HTML
	Title         string
	At            diag.Pos // what it was made from
	Width, Height float64
}

// Document is what becomes one PDF: a sheet, or several one after the other.
type Document struct {
	Name   string // of the PDF, below the folder of the PDFs
	Sheets []Sheet
}

// Tree are the files of one build. A file's key is its identity: the same key
// means the same bytes.
type Tree interface {
	Key(path string) (key digest.Sum, ok bool)
	File(path string) (data []byte, found diag.List, ok bool)
}

// Problem is why something cannot be printed, as a Chinese sentence, and how to
// mend it.
type Problem struct {
	Message, Hint string
	At            diag.Pos // when it is about one sheet: what that was made from
	Content       bool     // another machine could not print it either
}

func (p Problem) Error() string { return p.Message }
