/** A value that survives JSON and the structured clone unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
