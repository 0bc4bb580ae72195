//go:build js

package main

// icons are the shapes of the panel: outlines of paths in a square of 20.
var icons = [...]struct{ name, outline string }{
	{"callIn", "M6 2.5 8 7 6 8.5c1 2.4 3 4.5 5.5 5.5L13 12l4.5 2v3c-7 1.5-16-6-15-14.5zM17 3l-5 5m0-4.5V8h4.5"},
	{"callOut", "M6 2.5 8 7 6 8.5c1 2.4 3 4.5 5.5 5.5L13 12l4.5 2v3c-7 1.5-16-6-15-14.5zM12 8l5-5m-4.5 0H17v4.5"},
	{"chat", "M2.5 3.5h15v10H9L5 17v-3.5H2.5zM6 7h8M6 10h5"},
	{"email", "M2 4h16v12H2zM2 5l8 6 8-6"},
	{"workItem", "M3.5 4h13v13.5h-13zM7 2.5h6V6H7zM6.5 10h7M6.5 13.5h5"},
	{"preview", "M1.5 10C5 3.5 15 3.5 18.5 10 15 16.5 5 16.5 1.5 10zM10 7.2a2.8 2.8 0 1 0 .01 0z"},
	{"consult", "M7 9.5a3 3 0 1 0-.01 0zM1.5 17c0-6.500 11-6.500 11 0zM13 3.700a3 3 0 0 1 0 5.600M15 11.500c2.200.700 3.500 2.700 3.500 5.500"},
	{"accept", "M6 2.5 8 7 6 8.5c1 2.4 3 4.500 5.500 5.500L13 12l4.500 2v3c-7 1.500-16-6-15-14.500z"},
	{"reject", "M5 5l10 10M15 5 5 15"},
	{"hangUp", "M2 12.500c0-6 16-6 16 0v1.500l-4 .5-1-3c-2-.7-4-.7-6 0l-1 3-4-.5z"},
	{"hold", "M6.500 4v12M13.500 4v12"},
	{"resume", "M6 3.500 16 10 6 16.500z"},
	{"transfer", "M3 10h13m-5-5 5 5-5 5"},
	{"conference", "M10 8.500a2.500 2.500 0 1 0-.01 0zM5.500 16c0-5.500 9-5.500 9 0zM4 9a2 2 0 0 1 0-4M1.500 14c0-2 .7-3 2-3.500M16 9a2 2 0 0 0 0-4M18.500 14c0-2-.7-3-2-3.500"},
	{"record", "M10 4.500a5.500 5.500 0 1 0 .01 0z"},
	{"stop", "M5 5h10v10H5z"},
	{"done", "M3.500 10.500 8 15l8.500-10"},
	{"lock", "M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 6 0V9"},
	{"unlock", "M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 5.800-1.200"},
	{"edit", "M4 16l.700-3.500L13.500 3.700l2.800 2.800-8.800 8.800z"},
	{"remove", "M4 6h12M8 6V4h4v2M5.500 6l.8 11h7.400l.8-11"},
	{"copy", "M7 7h9v10H7zM4 13V3h9"},
	{"add", "M10 4v12M4 10h12"},
	{"warning", "M10 3 18 17H2zM10 8v4m0 2v.500"},
	{"link", "M7 13l6-6M8 6l2-2a3.500 3.500 0 0 1 5 5l-2 2M12 14l-2 2a3.500 3.500 0 0 1-5-5l2-2"},
	{"empty", "M3 12 5.500 4h9L17 12v4.500H3zM3 12h4.500l1 2h3l1-2H17"},
	{"offline", "M3 3l14 14M2.500 8a11 11 0 0 1 4-2.500M17.500 8A11 11 0 0 0 10 5M5.500 11.500a7 7 0 0 1 3-1.800M10 16v.500"},
	{"offered", "M10 2.500 18 16.500H2z"},
	{"connecting", "M10 2 18 10 10 18 2 10z"},
	{"active", "M10 3a7 7 0 1 0 .01 0z"},
	{"held", "M4 3h4v14H4zM12 3h4v14h-4z"},
	{"over", "M4 4h12v12H4z"},
	{"trouble", "M8.500 2h3L11 12H9zM8.500 15h3v3h-3z"},
	{"other", "M10 4a6 6 0 1 0 .01 0z"},
}

func outline(name string) string {
	for n := range icons {
		if icons[n].name == name {
			return icons[n].outline
		}
	}
	return ""
}
