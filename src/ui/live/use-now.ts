import { useSyncExternalStore } from "react";

const minute = 60_000;

/** The time in milliseconds since the epoch, to the minute, kept true while the component stands. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, presentMinute);
}

function presentMinute(): number {
  return Math.floor(Date.now() / minute) * minute;
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, minute / 4);
  return () => clearInterval(timer);
}
