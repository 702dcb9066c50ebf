package cache

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Room is a folder for what a process needs only while it runs, such as the
// profile of a browser. It lies in the cache, not in the folder for temporary
// files of the system, which nobody tidies for us when the process is killed: a
// room is locked by its process, and whoever opens a room takes away those whose
// lock went with theirs; so does whoever opens the cache.
type Room struct {
	Path string // absolute
	lock *flock.Flock
}

const (
	roomsFolder = "rooms"
	lockEnding  = ".lock"
	doorName    = "door"
)

// OpenRoom makes a new room in the cache folder at path, and takes away those that
// killed processes left. The error says that there can be none, for instance on a
// disk that knows no locks.
func OpenRoom(path string) (*Room, error) {
	root, err := Claim(path)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	rooms, err := Claim(filepath.Join(root.Name(), roomsFolder))
	if err != nil {
		return nil, err
	}
	defer rooms.Close()
	// Nobody looks at the locks of rooms while another makes one or takes it away.
	door := flock.New(filepath.Join(rooms.Name(), doorName))
	if err := door.Lock(); err != nil {
		return nil, err
	}
	defer door.Close()
	removeLeftRooms(rooms)
	room, err := os.MkdirTemp(rooms.Name(), "")
	if err != nil {
		return nil, err
	}
	r := &Room{room, flock.New(room + lockEnding)}
	if err := r.lock.Lock(); err != nil {
		os.RemoveAll(room)
		return nil, err
	}
	return r, nil
}

// sweep takes away the rooms that killed processes left in a cache folder.
func sweep(root *os.Root) {
	if !isFolder(root, roomsFolder) {
		return
	}
	rooms, err := Claim(filepath.Join(root.Name(), roomsFolder))
	if err != nil {
		return // it is not ours
	}
	defer rooms.Close()
	door := flock.New(filepath.Join(rooms.Name(), doorName))
	if free, err := door.TryLock(); err == nil && free {
		removeLeftRooms(rooms)
	}
	door.Close()
}

// Close takes the room away. What cannot be removed, as some process still writes
// there, the next one that opens a room removes.
func (r *Room) Close() {
	const tries, pause = 10, 30 * time.Millisecond
	err := removeRoom(r.Path)
	for i := 1; err != nil && i < tries; i++ {
		time.Sleep(pause)
		err = removeRoom(r.Path)
	}
	r.lock.Close()
	if err == nil {
		os.Remove(r.lock.Path())
	}
}

func removeLeftRooms(rooms *os.Root) {
	entries, _ := fs.ReadDir(rooms.FS(), ".")
	for _, e := range entries {
		if !e.IsDir() {
			if left, ok := strings.CutSuffix(e.Name(), lockEnding); ok && !isFolder(rooms, left) {
				rooms.Remove(e.Name()) // of a room that went without it; Windows keeps it while it is locked
			}
			continue
		}
		room := filepath.Join(rooms.Name(), e.Name())
		lock := flock.New(room + lockEnding)
		if free, err := lock.TryLock(); err != nil || !free {
			lock.Close()
			continue
		}
		err := removeRoom(room)
		lock.Close()
		if err == nil {
			os.Remove(lock.Path())
		}
	}
}

func isFolder(root *os.Root, name string) bool {
	info, err := root.Lstat(name)
	return err == nil && info.IsDir()
}

// socketLink is what leads from the profile of a browser to its socket, which it keeps
// among the temporary files of the system, as the path of a socket must be short.
const socketLink = "SingletonSocket"

// removeRoom removes a room, and the folder of the socket of a browser that was killed.
func removeRoom(room string) error {
	if socket, err := os.Readlink(filepath.Join(room, socketLink)); err == nil && filepath.Base(socket) == socketLink {
		folder := filepath.Dir(socket)
		os.Remove(socket)
		os.Remove(filepath.Join(folder, "SingletonCookie"))
		os.Remove(folder) // nothing, when anything else is in it
	}
	return os.RemoveAll(room)
}
