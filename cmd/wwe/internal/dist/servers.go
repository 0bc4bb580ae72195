package dist

import (
	"encoding/xml"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"wwebridge/web"
)

// serverFolder has the configuration for web servers. Servers must not serve it.
const serverFolder = "server/"

// AddServers adds the configuration of web servers for the files: headers, types and compressed copies.
func AddServers(files map[string][]byte, origins []string) {
	policy := web.Policy(origins...)
	var types []string // extensions with a dot
	for name := range files {
		if extension := path.Ext(name); contentTypes[extension] != "" && !slices.Contains(types, extension) {
			types = append(types, extension)
		}
	}
	slices.Sort(types)
	fill := func(template, typeLine string) []byte {
		var lines strings.Builder
		for _, extension := range types {
			lines.WriteString(strings.NewReplacer("{extension}", extension[1:], "{type}", contentTypes[extension]).Replace(typeLine))
		}
		return []byte(strings.NewReplacer("{policy}", policy, "{types}", lines.String(), "{long}", long, "{xmlpolicy}", escapeXML(policy)).Replace(template))
	}
	for name, content := range map[string][]byte{
		"nginx.conf":  fill(nginx, "\t\t{type} {extension};\n"),
		"apache.conf": fill(apache, "\tAddType {type} .{extension}\n"),
		"Caddyfile":   fill(caddy, ""),
		"web.config":  fill(iisStart, "\t\t\t<remove fileExtension=\".{extension}\" />\n\t\t\t<mimeMap fileExtension=\".{extension}\" mimeType=\"{type}\" />\n"),
	} {
		files[serverFolder+name] = content
	}
	var rules strings.Builder
	for _, extension := range types {
		fmt.Fprintf(&rules, iisType, extension[1:], contentTypes[extension])
	}
	files[serverFolder+"web.config"] = append(files[serverFolder+"web.config"], rules.String()+iisEnd...)
}

// long is the Cache-Control of files with hashed names.
const long = "public, max-age=31536000, immutable"

// contentTypes are the types of what a page loads.
var contentTypes = map[string]string{
	".html": "text/html", ".htm": "text/html", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
	".wasm": "application/wasm", ".json": "application/json", ".webmanifest": "application/manifest+json", ".txt": "text/plain",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".avif": "image/avif", ".ico": "image/x-icon", ".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf",
	".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".mp4": "video/mp4", ".webm": "video/webm",
}

// Servers returns the names of the configuration files.
func Servers(files map[string][]byte) (servers []string) {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, serverFolder) {
			servers = append(servers, strings.TrimPrefix(name, serverFolder))
		}
	}
	return servers
}

func escapeXML(text string) string {
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(text)) // a strings.Builder takes everything
	return escaped.String()
}

const nginx = `# nginx: include this file in the block http. Change the lines with CHANGE.
server {
	listen 443 ssl;
	server_name panel.example.com;                      # CHANGE: your panel's host
	ssl_certificate /etc/ssl/panel.example.com.pem;     # CHANGE
	ssl_certificate_key /etc/ssl/panel.example.com.key; # CHANGE
	root /srv/panel;                                    # CHANGE: the folder that has index.html

	types {
{types}	}
	default_type application/octet-stream;
	charset utf-8;
	charset_types text/css text/javascript text/plain;

	# The compressed copies. Without brotli the program takes a third longer to load.
	gzip_static on;
	gzip_vary on;
	gzip_proxied any;
	# brotli_static on; # needs the module ngx_brotli; Debian: libnginx-mod-http-brotli-static

	# Names with a hash never change their content. Without "always", errors are not cached.
	set $panel_caching "no-cache";
	if ($uri ~ "-[0-9a-f]{16}(\.[0-9A-Za-z]+)?(\.br|\.gz)?$") {
		set $panel_caching "{long}";
	}
	add_header Cache-Control $panel_caching;

	# If the panel loads from other servers, add their origins to connect-src or img-src.
	add_header Content-Security-Policy "{policy}" always;
	add_header X-Content-Type-Options "nosniff" always;
	# Send no X-Frame-Options: it cannot name WWE.

	location ~ /server/ {
		return 404;
	}
}
`

const apache = `# Apache 2.4: Include this file in the VirtualHost of your panel, which needs SSLEngine on and a DocumentRoot.
# Enable the modules: a2enmod headers rewrite mime dir
<Directory "/srv/panel"> # CHANGE: the folder that has index.html
	Require all granted
	Options -Indexes -MultiViews +FollowSymLinks
	AllowOverride None
	DirectoryIndex index.html

{types}	AddDefaultCharset utf-8
	AddCharset utf-8 .css .js .mjs

	# The compressed copies.
	RemoveType .br .gz
	AddEncoding br .br
	AddEncoding gzip .gz
	RewriteEngine On
	RewriteRule (^|/)server/ - [R=404,L]
	RewriteCond %{HTTP:Accept-Encoding} \bbr\b
	RewriteCond %{REQUEST_FILENAME}.br -f
	RewriteRule ^(.+)$ $1.br [L]
	RewriteCond %{HTTP:Accept-Encoding} \bgzip\b
	RewriteCond %{REQUEST_FILENAME}.gz -f
	RewriteRule ^(.+)$ $1.gz [L]
	Header merge Vary Accept-Encoding

	# Names with a hash never change their content. Without "always", errors are not cached.
	Header set Cache-Control "no-cache"
	<FilesMatch "-[0-9a-f]{16}(\.[0-9A-Za-z]+)?(\.br|\.gz)?$">
		Header set Cache-Control "{long}"
	</FilesMatch>

	# If the panel loads from other servers, add their origins to connect-src or img-src.
	Header always set Content-Security-Policy "{policy}"
	Header always set X-Content-Type-Options "nosniff"
	# X-Frame-Options cannot name WWE.
	Header always unset X-Frame-Options
	Header unset X-Frame-Options
</Directory>
`

const caddy = `# Caddy 2. Change the lines with CHANGE. Caddy gets the certificate by itself.
panel.example.com { # CHANGE: your panel's host
	root * /srv/panel # CHANGE: the folder that has index.html

	@server path /server/* */server/*
	respond @server 404

	# Names with a hash never change their content. Errors are not cached.
	@hashed {
		path_regexp "-[0-9a-f]{16}(\.[0-9A-Za-z]+)?(\.br|\.gz)?$"
		file
	}
	@other not {
		path_regexp "-[0-9a-f]{16}(\.[0-9A-Za-z]+)?(\.br|\.gz)?$"
		file
	}
	header @hashed Cache-Control "{long}"
	header @other Cache-Control "no-cache"

	# If the panel loads from other servers, add their origins to connect-src or img-src.
	header Content-Security-Policy "{policy}"
	header X-Content-Type-Options "nosniff"
	# Send no X-Frame-Options: it cannot name WWE.

	file_server {
		precompressed br gzip
	}
}
`

const iisStart = `<?xml version="1.0" encoding="utf-8"?>
<!-- IIS 10: copy this file into the folder that has index.html. It needs the module URL Rewrite 2.1. -->
<configuration>
	<system.webServer>
		<directoryBrowse enabled="false" />
		<defaultDocument enabled="true"><files><clear /><add value="index.html" /></files></defaultDocument>
		<security><requestFiltering><hiddenSegments><add segment="server" /></hiddenSegments></requestFiltering></security>
		<urlCompression doStaticCompression="false" doDynamicCompression="false" />
		<staticContent>
{types}			<remove fileExtension=".br" />
			<mimeMap fileExtension=".br" mimeType="application/octet-stream" />
			<remove fileExtension=".gz" />
			<mimeMap fileExtension=".gz" mimeType="application/octet-stream" />
		</staticContent>
		<httpProtocol>
			<customHeaders>
				<!-- If the panel loads from other servers, add their origins to connect-src or img-src. -->
				<remove name="Content-Security-Policy" />
				<add name="Content-Security-Policy" value="{xmlpolicy}" />
				<remove name="X-Content-Type-Options" />
				<add name="X-Content-Type-Options" value="nosniff" />
				<remove name="Vary" />
				<add name="Vary" value="Accept-Encoding" />
				<!-- It cannot name WWE. -->
				<remove name="X-Frame-Options" />
			</customHeaders>
		</httpProtocol>
		<rewrite>
			<rules>
				<rule name="brotli" stopProcessing="true">
					<match url="^(.+)$" />
					<conditions>
						<add input="{HTTP_ACCEPT_ENCODING}" pattern="\bbr\b" />
						<add input="{REQUEST_FILENAME}.br" matchType="IsFile" />
					</conditions>
					<action type="Rewrite" url="{R:1}.br" />
				</rule>
				<rule name="gzip" stopProcessing="true">
					<match url="^(.+)$" />
					<conditions>
						<add input="{HTTP_ACCEPT_ENCODING}" pattern="\bgzip\b" />
						<add input="{REQUEST_FILENAME}.gz" matchType="IsFile" />
					</conditions>
					<action type="Rewrite" url="{R:1}.gz" />
				</rule>
			</rules>
			<outboundRules>
				<rule name="caching">
					<match serverVariable="RESPONSE_Cache-Control" pattern=".*" />
					<action type="Rewrite" value="no-cache" />
				</rule>
				<!-- Names with a hash never change their content. Errors are not cached. -->
				<rule name="caching of hashed names">
					<match serverVariable="RESPONSE_Cache-Control" pattern=".*" />
					<conditions>
						<add input="{REQUEST_FILENAME}" pattern="-[0-9a-f]{16}(\.[0-9A-Za-z]+)?(\.br|\.gz)?$" />
						<add input="{RESPONSE_STATUS}" pattern="^(200|206|304)" />
					</conditions>
					<action type="Rewrite" value="{long}" />
				</rule>
				<rule name="brotli">
					<match serverVariable="RESPONSE_Content-Encoding" pattern=".*" />
					<conditions><add input="{REQUEST_FILENAME}" pattern="\.br$" /></conditions>
					<action type="Rewrite" value="br" />
				</rule>
				<rule name="gzip">
					<match serverVariable="RESPONSE_Content-Encoding" pattern=".*" />
					<conditions><add input="{REQUEST_FILENAME}" pattern="\.gz$" /></conditions>
					<action type="Rewrite" value="gzip" />
				</rule>
`

const iisType = `				<rule name="type of %[1]s">
					<match serverVariable="RESPONSE_Content-Type" pattern=".*" />
					<conditions><add input="{REQUEST_FILENAME}" pattern="\.%[1]s\.(br|gz)$" /></conditions>
					<action type="Rewrite" value="%[2]s" />
				</rule>
`

const iisEnd = `			</outboundRules>
		</rewrite>
	</system.webServer>
</configuration>
`
