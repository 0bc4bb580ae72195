import type {} from "wwe-panel";

export const panel = <wwe-panel id="panel" class="wide" origin="https://wwe.example.com" theme="dark" timeout={8000} lang="de" sound notify shortcuts="false" />;
export const clicked = <wwe-panel onClick={(event) => event.currentTarget.ready} />;
// @ts-expect-error: no theme
export const purple = <wwe-panel theme="purple" />;
