// User-Agent Client Hints, which Chromium has and TypeScript's library does not.
interface Navigator {
  readonly userAgentData?: {
    readonly brands: readonly { readonly brand: string; readonly version: string }[];
  };
}
