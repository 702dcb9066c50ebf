package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"strings"
	"sync"
	"time"
)

const (
	startLimit = 5 * time.Minute // for a server to show its first page
	shownLimit = time.Minute     // for an edit to be shown
	pollEvery  = 2 * time.Millisecond
	pause      = 1500 * time.Millisecond // between edits, so that no debouncing joins them
)

// server is a development server that runs.
type server struct {
	ctx     context.Context
	name    string
	address string
	client  *http.Client
	process *exec.Cmd
	ended   chan error
}

// startServer starts a server and waits until its page at an address shows a word.
func startServer(ctx context.Context, p *place, more []string, address, word string) (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		return nil, err
	}
	command := append(p.serve(p.dir, p.cache, port), more...)
	s := &server{ctx: ctx, name: p.name, address: fmt.Sprintf("http://127.0.0.1:%d", port), client: &http.Client{Timeout: shownLimit},
		process: exec.CommandContext(ctx, command[0], command[1:]...), ended: make(chan error, 1)}
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	go func() { s.ended <- s.process.Wait() }()
	if _, err := s.wait(address, word, startLimit); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

// stop ends the server.
func (s *server) stop() error {
	if err := s.process.Process.Signal(os.Interrupt); err != nil {
		return s.process.Process.Kill()
	}
	select {
	case <-s.ended:
		return nil
	case <-time.After(10 * time.Second):
		return s.process.Process.Kill()
	}
}

// get returns a page; "" while the server cannot answer.
func (s *server) get(address string) string {
	r, err := http.NewRequestWithContext(s.ctx, http.MethodGet, s.address+address, nil)
	if err != nil {
		return ""
	}
	r.Header.Set("Accept", "text/html")
	answer, err := s.client.Do(r)
	if err != nil {
		return ""
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		return ""
	}
	return string(data)
}

// wait asks for a page until it shows the word, and returns how long that took.
func (s *server) wait(address, word string, limit time.Duration) (time.Duration, error) {
	start := time.Now()
	for !strings.Contains(s.get(address), word) {
		if time.Since(start) > limit || s.ctx.Err() != nil {
			return 0, fmt.Errorf("%s: %s did not show the edit within %s", s.name, address, limit)
		}
		select {
		case err := <-s.ended:
			s.ended <- err
			return 0, fmt.Errorf("%s: the server ended: %w", s.name, err)
		case <-time.After(pollEvery):
		}
	}
	return time.Since(start), nil
}

// all asks for all pages and wants the word on each.
func (s *server) all(addresses []string, word string) error {
	work := make(chan string)
	var wg sync.WaitGroup
	var mu sync.Mutex
	missing := 0
	for range 4 {
		wg.Go(func() {
			for a := range work {
				if !strings.Contains(s.get(a), word) {
					mu.Lock()
					missing++
					mu.Unlock()
				}
			}
		})
	}
	for _, a := range addresses {
		work <- a
	}
	close(work)
	wg.Wait()
	if missing > 0 {
		return fmt.Errorf("%s: %d of %d pages do not show the edit", s.name, missing, len(addresses))
	}
	return nil
}

// addresses returns the pages below dest that have the base template: not the
// sheets, which have another.
func addresses(dest string) ([]string, error) {
	files, err := list(dest)
	var found []string
	for _, f := range files {
		if path.Base(f) == "index.html" {
			found = append(found, "/"+strings.TrimSuffix(f, "index.html"))
		}
	}
	return found, err
}
