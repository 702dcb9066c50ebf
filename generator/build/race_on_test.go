//go:build race

package build_test

// raceDetector slows a build down several times.
const raceDetector = true
