import type {} from "wwe-panel";

export const panel = <wwe-panel id="panel" origin="https://wwe.example.com" theme="dark" timeout={8000} lang="de" keys="Order" dispositions="sold,lost" disposition-key="Outcome" disposition-required note-key="Note" data-keys="Order" sound notify shortcuts="false" />;
// @ts-expect-error: no theme
export const purple = <wwe-panel theme="purple" />;
