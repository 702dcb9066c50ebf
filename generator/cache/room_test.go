package cache

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"biandan/generator/digest"
)

// TestLeftRoomsAreTakenAway kills a process that has a room. The next that opens
// one takes it away, with the folder that a link leads to, but no room in use.
func TestLeftRoomsAreTakenAway(t *testing.T) {
	if dir := os.Getenv("ROOM_OF_A_CHILD"); dir != "" {
		r, err := OpenRoom(dir)
		if err != nil {
			t.Fatal(err)
		}
		if os.Symlink(filepath.Join(os.TempDir(), "of-a-room", socketLink), filepath.Join(r.Path, socketLink)) != nil {
			t.Log("no links here")
		}
		os.Stdout.WriteString("ready")
		select {}
	}
	dir, temp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temp)
	if err := os.Mkdir(filepath.Join(os.TempDir(), "of-a-room"), 0o755); err != nil {
		t.Fatal(err)
	}
	mine, err := OpenRoom(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(filepath.Join(os.TempDir(), "of-a-room"))
	child := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	child.Env = append(os.Environ(), "ROOM_OF_A_CHILD="+dir)
	out, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err == nil {
		_, err = out.Read(make([]byte, 5))
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := roomsIn(t, dir); n != 2 {
		t.Fatalf("%d rooms, want 2", n)
	}
	third, err := OpenRoom(dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := roomsIn(t, dir); n != 3 {
		t.Errorf("%d rooms, want 3: those in use stay", n)
	}
	third.Close()
	child.Process.Kill()
	child.Wait()
	next, err := OpenRoom(dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := roomsIn(t, dir); n != 2 {
		t.Errorf("%d rooms, want 2: that of the killed process is gone", n)
	}
	next.Close()
	mine.Close()
	if n := roomsIn(t, dir); n != 0 {
		t.Errorf("%d rooms, want none", n)
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("%s stays in the temporary folder", left[0].Name())
	}
}

func roomsIn(t *testing.T, dir string) (n int) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, roomsFolder))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			n++
		}
	}
	return n
}

// TestRoomsOfOthersStay wants nothing removed behind a link that stands where the
// rooms are, nor in a folder that came from elsewhere.
func TestRoomsOfOthersStay(t *testing.T) {
	outside := t.TempDir()
	if err := os.MkdirAll(filepath.Join(outside, "photos"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, put := range []func(rooms string) error{
		func(rooms string) error { return os.Symlink(outside, rooms) },
		func(rooms string) error { return os.MkdirAll(filepath.Join(rooms, "photos"), 0o755) },
	} {
		dir := filepath.Join(t.TempDir(), "cache")
		root, err := Claim(dir)
		if err != nil {
			t.Fatal(err)
		}
		root.Close()
		rooms := filepath.Join(dir, roomsFolder)
		if err := put(rooms); err != nil {
			t.Skip(err)
		}
		if _, err := Open(dir, digest.Sum{}); err != nil {
			t.Fatal(err)
		}
		if r, err := OpenRoom(dir); err == nil {
			t.Errorf("a room was made in %s", r.Path)
		}
		if _, err := os.Stat(filepath.Join(rooms, "photos")); err != nil {
			t.Error(err)
		}
	}
}
