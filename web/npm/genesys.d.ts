// Declares the global variable of Genesys' client file, wwe-service-client-api.js, for pages that load it:
//
//     import type {} from "wwe-desktop/genesys"; // or "types": ["wwe-desktop/genesys"] in tsconfig.json
//     genesys.wwe.service.interaction.getInteractions(({ data }) => { … });

import type { Service } from "./service.js";

export type * from "./service.js";

declare global {
	var genesys: { readonly wwe: { readonly service: Service } };
}
