import { useEffect, useRef, type ReactNode } from "react";
import type { Size } from "./use-size.ts";

type PaintedCanvasProps = {
  readonly screen: Size;
  readonly className: string;
  /** Draws everything; a new function draws anew. The context's scale is that of the canvas, not of CSS pixels. */
  readonly paint: (context: CanvasRenderingContext2D) => void;
  /** Calls back when what is drawn has changed by itself. Returns the way to stop. */
  readonly subscribe?: (listener: () => void) => () => void;
};

/** A canvas as sharp as the screen, drawn again at most once a frame. What it shows must stand elsewhere in words. */
export function PaintedCanvas({ screen, className, paint, subscribe }: PaintedCanvasProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let frame = 0;
    const draw = () => {
      frame = 0;
      const context = canvas.current?.getContext("2d");
      if (context !== null && context !== undefined) paint(context);
    };
    const soon = () => void (frame ||= requestAnimationFrame(draw));
    soon();
    const stop = subscribe?.(soon);
    return () => {
      stop?.();
      cancelAnimationFrame(frame);
    };
  }, [paint, subscribe, screen]);
  const ratio = Math.min(2, devicePixelRatio);
  return (
    <canvas
      ref={canvas}
      className={className}
      width={Math.max(1, Math.round(screen.width * ratio))}
      height={Math.max(1, Math.round(screen.height * ratio))}
      aria-hidden="true"
    />
  );
}
