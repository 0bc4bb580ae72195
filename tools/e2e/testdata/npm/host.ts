// A script on the desktop's page.
import type { WWEHost } from "wwe-desktop/host";

const id: string = wweHost.ring({ ani: "1" });
window.wweHost.do(id, "markDone").catch(() => {});
// @ts-expect-error: there is no such action
wweHost.do(id, "marcDone");
// @ts-expect-error: there is no such option
wweHost.configure({ rateLimits: 3 });
wweHost.configure({ ...wweHost.config(), rateLimit: 60 });
export const host: WWEHost = wweHost;
