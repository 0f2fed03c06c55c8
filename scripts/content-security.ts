import type { Plugin } from "vite";
import { contentSecurityPolicy } from "./content-security-policy.mjs";

/** Puts the policy into the built page. The development server needs inline scripts, so it goes without. */
export function contentSecurity(): Plugin {
  return {
    name: "strata-content-security",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy },
        injectTo: "head-prepend",
      },
      { tag: "meta", attrs: { name: "referrer", content: "no-referrer" }, injectTo: "head-prepend" },
    ],
  };
}
