// Package uuid has what the plugin uses of github.com/twinj/uuid v0.10, which module proxies do not offer any more.
package uuid

import (
	"crypto/rand"
	"fmt"
)

// Format of a UUID's text; there is one.
type Format string

// CleanHyphen is 8-4-4-4-12 hexadecimal digits.
const CleanHyphen Format = "clean-hyphen"

// SwitchFormat does nothing: there is one format.
func SwitchFormat(Format) {}

// UUID is 16 bytes with a text.
type UUID interface {
	String() string
	Bytes() []byte
}

type array [16]byte

func (a array) Bytes() []byte { return a[:] }

func (a array) String() string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", a[0:4], a[4:6], a[6:8], a[8:10], a[10:16])
}

// New makes a UUID of 16 bytes.
func New(bytes []byte) UUID {
	var a array
	copy(a[:], bytes)
	return a
}

// NewV4 makes a random UUID.
func NewV4() UUID {
	var a array
	if _, err := rand.Read(a[:]); err != nil {
		panic(err)
	}
	a[6] = a[6]&0x0f | 0x40
	a[8] = a[8]&0x3f | 0x80
	return a
}
