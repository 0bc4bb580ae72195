//go:build js && gc && !go1.28

package jsontext

import (
	"reflect"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
)

func TestAValueIsThatOfReflect(t *testing.T) {
	n := 1
	for _, v := range []any{
		nil, "", true, 1, int8(1), int16(1), int32(1), int64(1), uint(1), uint8(1), uint16(1), uint32(1), uint64(1), uintptr(1),
		float32(1), 1.0, 1i, &n, []int{}, [2]int{}, map[string]int{}, struct{}{}, pointer{&n}, func() {}, make(chan int), unsafe.Pointer(&n),
		namedText(""), namedArray{}, namedObject{}, time.Second, time.Time{}, [1]*int{&n}, [1]any{}, onlyPointer{}, tagged{Text: "x"}, tagged{},
	} {
		is, want := valueOf(v), reflect.ValueOf(v)
		assert.EqualValues(t, want.Kind(), is.Kind(), "%T", v)
		switch want.Kind() {
		case reflect.Invalid:
			continue
		case reflect.Array, reflect.Slice, reflect.String, reflect.Map:
			assert.Equal(t, want.Len(), is.Len(), "%T", v)
		case reflect.Struct:
			assert.Equal(t, want.NumField(), is.of.count, "%T", v)
			for n := range is.of.count {
				assert.EqualValues(t, want.Type().Field(n).Type.Kind(), value{of: is.field(n).of}.Kind(), "%T", v)
			}
		}
		assert.Equal(t, want.Type().Size(), is.of.size, "%T", v)
		assert.Equal(t, want.IsZero(), is.IsZero(), "%T", v)
		assert.IsType(t, v, is.Interface())
	}
}
