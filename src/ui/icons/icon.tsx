import type { ReactNode } from "react";

const paths = {
  folder: "M2 4.5a1 1 0 0 1 1-1h3.2l1.5 1.6H13a1 1 0 0 1 1 1v6.4a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1z",
  file: "M3.5 2h6l3 3v9h-9zM9.5 2v3h3",
  zip: "M3.5 2h6l3 3v9h-9zM9.5 2v3h3M6.5 4v1.2M6.5 6.6v1.2M6.5 9.2v2.3",
  sample: "M8 2.2 9.6 6l4 .3-3.1 2.6 1 4L8 10.7 4.5 12.9l1-4L2.4 6.3l4-.3z",
  lock: "M4 7.5h8v6H4zM5.7 7.5V5.3a2.3 2.3 0 0 1 4.6 0v2.2",
  close: "M4 4l8 8M12 4l-8 8",
  build: "M5 3.2v9.6L12.5 8z",
  plan: "M3.5 2h9v12h-9zM5.8 5h4.4M5.8 8h4.4M5.8 11h2.4",
  rebuild: "M13 8a5 5 0 1 1-1.6-3.7M13 2.2v2.7h-2.7",
  stop: "M4.5 4.5h7v7h-7z",
  export: "M8 10V2.5M5 5.3l3-2.8 3 2.8M3 9.5v4h10v-4",
  import: "M8 2.5V10M5 7.2l3 2.8 3-2.8M3 9.5v4h10v-4",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3 14 14",
  system: "M2.5 3h11v8h-11zM5.5 13.5h5M8 11v2.5",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1",
  moon: "M13 9.6A5.5 5.5 0 0 1 6.4 3 5.5 5.5 0 1 0 13 9.6z",
  help: "M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.5M8 11.8h.01",
  back: "M10 3 5 8l5 5",
  forward: "M6 3l5 5-5 5",
  reload: "M13 8a5 5 0 1 1-1.6-3.7M13 2.2v2.7h-2.7",
  open: "M9 2.5h4.5V7M13.3 2.7 8 8M11.5 9.5v4h-9v-9h4",
  phone: "M5 1.8h6v12.4H5zM7.5 12.3h1",
  tablet: "M3.5 1.8h9v12.4h-9zM7.5 12.3h1",
  screen: "M1.8 3h12.4v8H1.8zM5.5 13.5h5M8 11v2.5",
  error: "M5.2 2h5.6L14 5.2v5.6L10.8 14H5.2L2 10.8V5.2zM8 5v3.5M8 11h.01",
  warning: "M8 2.2 14.5 13.5h-13zM8 6.5v3.2M8 11.5h.01",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.2V11M8 5h.01",
  history: "M2.6 6.2A5.7 5.7 0 1 1 2.4 9M2.3 2.8v3.5h3.5M8 4.8V8l2.3 1.6",
  plus: "M8 3.5v9M3.5 8h9",
  minus: "M3.5 8h9",
  dot: "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  check: "M3 8.5 6.5 12 13 4.5",
  chevron: "M4 6l4 4 4-4",
  ascending: "M8 12.5V3.5M4.5 7 8 3.5 11.5 7",
  descending: "M8 3.5v9M4.5 9 8 12.5 11.5 9",
  offline:
    "M2 2l12 12M4.8 9.8a4.5 4.5 0 0 1 3-1.2M2.6 7.3a7.8 7.8 0 0 1 2.6-1.7M8 5.1a7.8 7.8 0 0 1 5.4 2.2M8 12.5h.01",
  watch: "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  trash: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9",
  path: "M4.2 12.8a1.6 1.6 0 1 1-3.2 0 1.6 1.6 0 0 1 3.2 0zM15 3.2a1.6 1.6 0 1 1-3.2 0 1.6 1.6 0 0 1 3.2 0zM4.2 12.8H9a2.4 2.4 0 0 0 0-4.8H7a2.4 2.4 0 0 1 0-4.8h4.8",
  shield: "M8 1.8 13 3.7v4c0 3-2.1 5.3-5 6.5-2.9-1.2-5-3.5-5-6.5v-4z",
} as const;

export type IconName = keyof typeof paths;

/** A decorative line icon in the colour of the text; the words beside it carry the meaning. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.4 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
