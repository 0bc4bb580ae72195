package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// A WebAssembly program consists of a header and sections.
// https://webassembly.github.io/spec/core/binary/modules.html

const header = "\x00asm\x01\x00\x00\x00"

const (
	idCustom = 0
	idData   = 11
	idCount  = 12 // number of data segments; Go does not write it
)

// producers is the name of the custom section that identifies the compiler.
const producers = "producers"

type section struct {
	id      byte
	content []byte
}

type sections []section

func split(program []byte) (all sections, err error) {
	rest, ok := bytes.CutPrefix(program, []byte(header))
	if !ok {
		return nil, errors.New("this is not a WebAssembly program")
	}
	for len(rest) > 0 {
		s := section{id: rest[0]}
		if s.content, rest, err = prefixed(rest[1:]); err != nil {
			return nil, fmt.Errorf("section %d: %w", len(all), err)
		}
		if s.id == idCount {
			return nil, errors.New("the program's data are counted, as Go does not do")
		}
		all = append(all, s)
	}
	return all, nil
}

func (all sections) join() []byte {
	program := []byte(header)
	for _, s := range all {
		program = append(program, s.id)
		program = binary.AppendUvarint(program, uint64(len(s.content)))
		program = append(program, s.content...)
	}
	return program
}

// name returns the name of a custom section, or "" if it has none.
func (s section) name() string {
	name, _, err := prefixed(s.content)
	if err != nil {
		return ""
	}
	return string(name)
}

// release returns the Go release that built the program. It returns an error if the
// release is not supported.
func (all sections) release() (release, error) {
	const language = "\x02Go" // prefixed with its length
	for _, s := range all {
		if s.id != idCustom || s.name() != producers {
			continue
		}
		if _, after, found := bytes.Cut(s.content, []byte(language)); found {
			version, _, err := prefixed(after)
			if err != nil {
				return release{}, err
			}
			return releaseOf(string(version))
		}
	}
	return release{}, errors.New("the program does not say that Go made it")
}

var errShort = errors.New("it ends too early")

// prefixed reads content that follows its length.
func prefixed(text []byte) (content, rest []byte, err error) {
	length, n := binary.Uvarint(text)
	if n <= 0 || length > uint64(len(text)-n) {
		return nil, nil, errShort
	}
	return text[n:][:length], text[n:][length:], nil
}

// most is the maximum memory that a program's data may fill, in bytes.
const most = 1 << 28

// readData returns the memory, from address 0, that the section's segments fill.
func readData(content []byte) (memory []byte, err error) {
	count, n := binary.Uvarint(content)
	if n <= 0 {
		return nil, errShort
	}
	content = content[n:]
	for range count {
		// A segment starts with memory index 0 and an i32.const expression for its
		// address.
		rest, ok := bytes.CutPrefix(content, []byte{0, 0x41})
		address, n := sleb(rest)
		if !ok || n <= 0 || n == len(rest) || rest[n] != 0x0b {
			return nil, errors.New("the program's data are not as Go writes them")
		}
		var piece []byte
		if piece, content, err = prefixed(rest[n+1:]); err != nil {
			return nil, fmt.Errorf("data: %w", err)
		}
		end := address + int64(len(piece))
		if address < 0 || end > most {
			return nil, errors.New("the program's data fill too much memory")
		}
		if more := int(end) - len(memory); more > 0 {
			memory = append(memory, make([]byte, more)...)
		}
		copy(memory[address:], piece)
	}
	if len(content) > 0 {
		return nil, errors.New("data: more than was announced")
	}
	return memory, nil
}

// apart is the number of zeros from which on writeData starts a new segment. A shorter
// run of zeros compresses to less than a segment's address.
const apart = 64

// writeData returns a section whose segments fill the memory.
func writeData(memory []byte) []byte {
	var pieces []byte
	count := 0
	for start := 0; ; {
		for start < len(memory) && memory[start] == 0 {
			start++
		}
		if start == len(memory) {
			break
		}
		end, zeros := start, 0
		for at := start; at < len(memory) && zeros < apart; at++ {
			if zeros++; memory[at] != 0 {
				end, zeros = at+1, 0
			}
		}
		pieces = append(pieces, 0, 0x41)
		pieces = appendSleb(pieces, int64(start))
		pieces = append(pieces, 0x0b)
		pieces = binary.AppendUvarint(pieces, uint64(end-start))
		pieces = append(pieces, memory[start:end]...)
		count++
		start = end
	}
	return append(binary.AppendUvarint(nil, uint64(count)), pieces...)
}

// sleb parses a signed LEB128 number and returns its length, or 0 if it is invalid.
func sleb(text []byte) (value int64, length int) {
	for shift := 0; length < len(text) && shift < 35; shift += 7 {
		b := text[length]
		value |= int64(b&0x7f) << shift
		length++
		if b < 0x80 {
			if b&0x40 != 0 {
				value -= 1 << (shift + 7)
			}
			return value, length
		}
	}
	return 0, 0
}

// appendSleb appends a number, which must not be negative, as signed LEB128.
func appendSleb(text []byte, value int64) []byte {
	for ; value > 0x3f; value >>= 7 {
		text = append(text, byte(value)|0x80)
	}
	return append(text, byte(value))
}
