import { useEffect, useState } from "react";

/** In CSS pixels. */
export type Size = { readonly width: number; readonly height: number };

/** The size of an element, and the callback that is its `ref`. */
export function useSize(): readonly [Size, (element: HTMLElement | null) => void] {
  const [size, setSize] = useState<Size>({ width: 800, height: 600 });
  const [element, setElement] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [size, setElement];
}
