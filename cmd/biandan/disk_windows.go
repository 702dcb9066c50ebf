package main

import (
	"path/filepath"
	"syscall"
	"unsafe"
)

var (
	kernel       = syscall.NewLazyDLL("kernel32.dll")
	diskFree     = kernel.NewProc("GetDiskFreeSpaceExW")
	driveType    = kernel.NewProc("GetDriveTypeW")
	remoteDrives = uintptr(4)
)

// disk tells how much room there is where dir lies, and whether that is on
// another machine.
func disk(dir string) (free uint64, network, ok bool) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return 0, false, false
	}
	name, err := syscall.UTF16PtrFromString(abs)
	root, err2 := syscall.UTF16PtrFromString(filepath.VolumeName(abs) + `\`)
	if err != nil || err2 != nil {
		return 0, false, false
	}
	done, _, _ := diskFree.Call(uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&free)), 0, 0)
	kind, _, _ := driveType.Call(uintptr(unsafe.Pointer(root)))
	return free, kind == remoteDrives, done != 0
}
