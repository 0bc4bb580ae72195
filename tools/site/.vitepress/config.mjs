const page = (text, name) => ({ text, link: `/${name}` });

export default {
	title: "wwebridge",
	description: "Agent panels for Genesys Workspace Web Edition, in Go, with a simulated WWE",
	lang: "en",
	base: process.env.SITE || "/",
	srcDir: ".source",
	outDir: "../../.site",
	ignoreDeadLinks: [/^https?:\/\/localhost/, "/demo/"],
	// The theme's home page has no main landmark.
	transformHtml: (html) => html.replace('id="VPContent"', (id) => html.includes("<main") ? id : `${id} role="main"`),
	themeConfig: {
		search: { provider: "local" },
		outline: [2, 3],
		nav: [page("Documentation", "overview"), page("Reference", "reference/"), { text: "Live demo", link: "/demo/", target: "_self" }],
		sidebar: [
			{ text: "Begin", items: [page("Overview", "overview"), page("Getting started", "getting-started")] },
			{
				text: "Tasks", items: [page("Write a panel", "writing-a-panel"), page("The agent panel", "panel"), page("Host a panel in WWE", "hosting"),
					page("The simulated WWE", "simulator"), page("Record and replay", "record-and-replay"), page("Migrate from Genesys' client", "migrating")],
			},
			{
				text: "Background", items: [page("Architecture", "architecture"), page("Protocol notes", "protocol"), page("Performance", "performance")],
			},
			{
				text: "Reference", items: [page("Package wwe", "reference/wwe"), page("Package wwetest", "reference/wwetest"), page("Requests", "reference/requests")],
			},
			{ text: "Project", items: [page("Contributing", "contributing"), page("Changelog", "changelog"), page("Security", "security")] },
		],
	},
};
