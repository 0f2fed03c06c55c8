import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";

type VirtualRowsOptions = Parameters<typeof useVirtualizer<HTMLDivElement, Element>>[0];

/** Rows of a scrolled list of which only those in sight exist. */
export function useVirtualRows(options: VirtualRowsOptions): Virtualizer<HTMLDivElement, Element> {
  return useVirtualizer(options);
}
