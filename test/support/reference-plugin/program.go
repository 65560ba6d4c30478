//go:build tools

// Package reference pins AWS's own client of the data channel, built from its published source for tests.
package reference

import _ "github.com/aws/session-manager-plugin/src/sessionmanagerplugin-main"
