// Builds the site in .site: the project's Markdown pages, and the simulated desktop with the panel as static
// files. `make site` runs it after the programs are built. SITE=/folder/ is its path on the server.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { build } from "vitepress";

const project = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const source = join(project, "tools/site/.source");

// Where the pages of the project are on the site.
const pages = new Map([["CONTRIBUTING.md", "contributing.md"], ["CHANGELOG.md", "changelog.md"], ["SECURITY.md", "security.md"], ["docs/README.md", "overview.md"]]);
for (const file of readdirSync(join(project, "docs"), { recursive: true })) {
	if (file.endsWith(".md") && file !== "README.md") {
		pages.set(`docs/${file}`, file.replace(/README\.md$/, "index.md"));
	}
}

// onSite returns a link of a page as it must be on the site, or undefined if its target is not there.
function onSite(link, from) {
	if (/^([a-z]+:|#|\/)/.test(link)) {
		return link;
	}
	const [path, fragment] = link.split("#");
	const to = pages.get(normalize(join(dirname(from), path)));
	return to && `/${to}${fragment ? `#${fragment}` : ""}`;
}

rmSync(source, { recursive: true, force: true });
for (const [file, page] of pages) {
	const text = readFileSync(join(project, file), "utf8")
		.replace(/\[([^\]\n]+)\]\(<?([^()\s>]+)>?\)/g, (_, words, link) => {
			const target = onSite(link, file);
			return target ? `[${words}](<${target}>)` : words;
		})
		.replace(/(<img src=")(?:\.\.\/)*web\//g, "$1/");
	mkdirSync(dirname(join(source, page)), { recursive: true });
	writeFileSync(join(source, page), text);
}
cpSync(join(project, "tools/site/index.md"), join(source, "index.md"));
cpSync(join(project, "web/screenshots"), join(source, "public/screenshots"), { recursive: true });
cpSync(join(project, "web/screenshot.png"), join(source, "public/screenshot.png"));
cpSync(join(project, "web/icon.svg"), join(source, "public/icon.svg"));

// The demo has both pages on one origin. A script of each page's own says where the other is: at this
// site, whatever its address, and never where the URL says.
const demo = join(source, "public/demo");
const isFile = /\.(html|js|css|svg|wasm|json)$/;
for (const file of readdirSync(join(project, "web"), { withFileTypes: true })) {
	if (file.isFile() && isFile.test(file.name) || ["lang", "scenarios"].includes(file.name)) {
		cpSync(join(project, "web", file.name), join(demo, "web", file.name), { recursive: true });
	}
}
rmSync(join(demo, "web/desktop.html"));
const write = (file, text, ...changes) => {
	for (const [old, replacement] of changes) {
		if (!text.includes(old)) {
			throw new Error(`${file} has no ${old}`);
		}
		text = text.replaceAll(old, replacement);
	}
	mkdirSync(dirname(join(demo, file)), { recursive: true });
	writeFileSync(join(demo, file), text);
};
write("index.html", readFileSync(join(project, "web/desktop.html"), "utf8"),
	['"/web/', '"web/'], ["<link rel=\"stylesheet\"", "<script src=\"here.js\"></script>\n<link rel=\"stylesheet\""]);
write("here.js", 'document.querySelector("meta[name=widget-origin]").content = new URL("panel", document.baseURI).href;\n');
write("panel/index.html", readFileSync(join(project, "index.html"), "utf8"),
	['"web/', '"../web/'], ["<script type=\"module\"", "<script src=\"here.js\"></script>\n<script type=\"module\""]);
write("panel/here.js", 'document.querySelector("meta[name=wwe-origin]").content = location.origin;\n');

await build(join(project, "tools/site"));
