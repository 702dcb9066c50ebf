package plan

import (
	"cmp"
	"html/template"
	"strconv"
	"strings"
	"sync"

	"biandan/generator/config"
	"biandan/generator/digest"
	"biandan/generator/ledger"
	"biandan/generator/site"
	"biandan/generator/view"
)

// What search engines read of a page (schema.org, as JSON-LD): the way to it, the text
// or the events on it, on the home page who publishes the site.

// graph fills what search engines read; pg is the page's record, nil: none.
func (p *Page) graph(h *view.Page, pg *site.Page) {
	if h.Canonical == "" {
		return
	}
	events := p.eventsOn(h, pg)
	if len(events) > 0 {
		h.EventsKey = digest.Bytes(events).String()
	}
	if !p.Full {
		return
	}
	room := graphs.Get().(*graphWriter)
	defer graphs.Put(room)
	w := (*room)[:0]
	w.raw(`<script type="application/ld+json">{"@context":"https://schema.org","@graph":[`)
	if p.Path == "" {
		p.organisation(&w)
	} else {
		p.breadcrumbs(&w, h)
	}
	if h.Published != nil {
		p.text(&w, h, pg)
	}
	w = append(w, events...)
	w.raw(`]}</script>`)
	h.Graph, *room = template.HTML(w), w
}

// graphs are for those that are being written.
var graphs = sync.Pool{New: func() any { return new(graphWriter) }}

// eventsOn tells of the events that the record of a page stands for.
func (p *Page) eventsOn(h *view.Page, pg *site.Page) (w graphWriter) {
	if pg != nil {
		for _, e := range p.events[pg] {
			p.event(&w, h, e.Event)
		}
	}
	return w
}

// graphWriter is JSON that stands in a page.
type graphWriter []byte

func (w *graphWriter) raw(s string) { *w = append(*w, s...) }

// field writes a name and a text after what stands before it, a comma included; nothing
// for "".
func (w *graphWriter) field(before, s string) {
	if s == "" {
		return
	}
	w.raw(before)
	*w = appendJSON(*w, s)
}

func (p *Page) organisation(w *graphWriter) {
	kind := "Organization"
	if p.Config.Profile == config.Gov {
		kind = "GovernmentOrganization"
	}
	w.field(`{"@type":`, kind)
	w.field(`,"name":`, p.Config.Publisher)
	w.field(`,"url":`, p.full(""))
	w.field(`,"telephone":`, p.Config.Phone)
	w.field(`,"address":`, p.Config.Address)
	w.field(`,"areaServed":`, p.Config.County)
	w.raw(`}`)
}

func (p *Page) breadcrumbs(w *graphWriter, h *view.Page) {
	w.raw(`{"@type":"BreadcrumbList","itemListElement":[`)
	for i, c := range h.Crumbs {
		address := strings.TrimSuffix(strings.TrimPrefix(c.URL, p.root), indexFile)
		w.crumb(i+1, c.Text, p.Config.BaseURL+address)
		w.raw(`,`)
	}
	w.crumb(len(h.Crumbs)+1, h.PageTitle, h.Canonical)
	w.raw(`]}`)
}

func (w *graphWriter) crumb(n int, name, url string) {
	w.raw(`{"@type":"ListItem","position":`)
	*w = strconv.AppendInt(*w, int64(n), 10)
	w.field(`,"name":`, name)
	w.field(`,"item":`, url)
	w.raw(`}`)
}

func (p *Page) text(w *graphWriter, h *view.Page, pg *site.Page) {
	kind := "NewsArticle"
	if e, ok := pg.Entry.(ledger.PageEntry); ok && ledger.PageOf(e).Lasting {
		kind = "Article"
	}
	w.field(`,{"@type":`, kind)
	w.field(`,"headline":`, h.PageTitle)
	w.field(`,"description":`, h.Description)
	w.field(`,"datePublished":`, h.Published.At[:len("2026-11-23")])
	w.field(`,"inLanguage":`, "zh-CN")
	w.field(`,"mainEntityOfPage":`, h.Canonical)
	w.field(`,"image":`, h.Published.Image)
	w.field(`,"author":{"@type":"Organization","name":`, h.Published.Source)
	w.field(`},"publisher":{"@type":"Organization","name":`, p.Config.Publisher)
	w.raw(`}}`)
}

func (p *Page) event(w *graphWriter, h *view.Page, e ledger.Event) {
	start, end := e.Day.String(), ""
	if from, to, ok := strings.Cut(e.Hours, "—"); ok {
		start, end = start+"T"+from+":00+08:00", start+"T"+to+":00+08:00"
	}
	w.field(`,{"@type":"Event","name":`, e.Title)
	w.field(`,"startDate":`, start)
	w.field(`,"endDate":`, end)
	w.field(`,"eventAttendanceMode":`, "https://schema.org/OfflineEventAttendanceMode")
	status := "https://schema.org/EventScheduled"
	if e.Off != "" {
		status = "https://schema.org/EventCancelled"
	}
	w.field(`,"eventStatus":`, status)
	w.field(`,"url":`, h.Canonical)
	w.field(`,"location":{"@type":"Place","name":`, cmp.Or(e.Place, p.Config.County))
	w.field(`,"address":`, p.Config.County)
	w.field(`},"organizer":{"@type":"Organization","name":`, p.Config.Publisher)
	w.raw(`}}`)
}
