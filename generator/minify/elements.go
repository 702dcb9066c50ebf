package minify

import "strings"

// blocks are the elements beside which white space is not shown.
var blocks = set("address article aside blockquote br caption center col colgroup dd details dir div dl dt",
	"fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main marquee menu",
	"nav noembed noframes noscript ol option p plaintext pre section style summary table tbody td tfoot th thead title tr ul xmp")

// phrases are the elements within a text.
var phrases = set("abbr acronym area b base bb bdi bdo big cite code data datalist dfn dialog em embed font frame frameset i kbd",
	"link mark menuitem meta nobr optgroup output param picture rb rp ruby s samp slot small source span strike strong sub sup",
	"template time track tt u var")

// objects are the elements beside which white space is always shown.
var objects = set("button canvas iframe image img input math meter object progress q rt rtc select svg textarea video wbr")

// rawElements are those in which white space counts, or which are not HTML.
var rawElements = set("iframe math pre script style svg textarea")

func set(lists ...string) map[string]bool {
	m := map[string]bool{}
	for _, l := range lists {
		for name := range strings.FieldsSeq(l) {
			m[name] = true
		}
	}
	return m
}

func kindOf(name string, closing bool) kind {
	switch {
	case blocks[name]:
		return block
	case objects[name]:
		return object
	case closing:
		return inlineEnd
	case phrases[name]:
		return phraseStart
	}
	return inlineStart
}
