import { startDesktop } from "wwe-desktop";

const desktop = await startDesktop({ port: 0, widget: "http://localhost:3000/" });
console.log(desktop.url);
await desktop.close();
