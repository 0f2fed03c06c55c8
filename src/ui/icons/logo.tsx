import type { ReactNode } from "react";

const layers = [
  { d: "M16 3 29 9.5 16 16 3 9.5z", fill: "var(--strata-1)" },
  { d: "M3 13.2 16 19.7 29 13.2V15L16 21.5 3 15z", fill: "var(--strata-2)" },
  { d: "M3 18.2 16 24.7 29 18.2V20L16 26.5 3 20z", fill: "var(--strata-3)" },
  { d: "M3 23.2 16 29.7 29 23.2V25L16 31.5 3 25z", fill: "var(--strata-4)" },
];

/** The mark of Strata: a sheet lying on three layers. Decorative; the name stands beside it. */
export function Logo({ size }: { readonly size: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 32 33" aria-hidden="true" focusable="false">
      {layers.map((layer) => (
        <path key={layer.d} d={layer.d} fill={layer.fill} />
      ))}
    </svg>
  );
}
