//go:build js && gc && !go1.28

package jsontext

import (
	"reflect"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
)

func TestAKindIsThatOfReflect(t *testing.T) {
	n := 1
	for _, v := range []any{
		"", true, 1, int8(1), int16(1), int32(1), int64(1), uint(1), uint8(1), uint16(1), uint32(1), uint64(1), uintptr(1),
		float32(1), 1.0, 1i, &n, []int{}, [2]int{}, map[string]int{}, struct{}{}, pointer{&n}, func() {}, make(chan int), unsafe.Pointer(&n),
		namedText(""), namedArray{}, namedObject{}, time.Second, time.Time{},
	} {
		is, want := valueOf(v).of, reflect.TypeOf(v)
		assert.EqualValues(t, want.Kind(), is.kind&kindMask, "%T", v)
		assert.Equal(t, want.Size(), is.size, "%T", v)
		switch want.Kind() {
		case reflect.Slice:
			assert.EqualValues(t, want.Elem().Kind(), is.first.kind&kindMask)
		case reflect.Map:
			assert.EqualValues(t, want.Key().Kind(), is.first.kind&kindMask)
			assert.EqualValues(t, want.Elem().Kind(), is.second.kind&kindMask)
		}
	}
}
