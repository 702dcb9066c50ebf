// Package themes embeds the themes that come with the tool, so that one binary
// needs nothing beside it.
package themes

import "embed"

// FS holds hongbiandan/{layouts,assets,theme.toml}.
//
//go:embed hongbiandan
var FS embed.FS
