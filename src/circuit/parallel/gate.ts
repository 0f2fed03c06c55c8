import { placeViews, predictMs, type Load, type Places } from "./placement.ts";
import type { ViewCost } from "./plan-cost.ts";

/** What is known at a flush of the views of one frequency. */
export type GateInput = {
  readonly views: readonly ViewCost[];
  readonly load: Load;
  /** Processors that threads can run on. */
  readonly cores: number;
  /** How many times longer than predicted flushes over several threads took; 1 at the least. */
  readonly slowdown: number;
};

/** Where the views are, and for how many flushes in a row something else would have been better. */
export type GateState = {
  readonly places: Places;
  readonly patience: number;
};

/** Who decides where views are. */
export type Gate = {
  readonly decide: (input: GateInput, state: GateState) => GateState;
  /** Milliseconds that a flush must take for it to be asked; while views are spread it is asked at each. */
  readonly leastMs: number;
};

/** All views in this thread. */
export const closedGate: GateState = { places: new Map(), patience: 0 };

/** Fewer views than these that a flush changes are never spread. */
const leastViews = 4;
/** More threads than these are never used. */
const mostThreads = 8;
/** What threads win must be as much: the predicted time over that of the present places. */
const clearly = 0.75;
/** Above this share of the time that one thread would take, several are not worth it any more. */
const barely = 0.95;
/** How many flushes in a row must ask for a move, which costs as much as several flushes. */
const patience = 8;

/**
 * Decides over how many threads the views are spread. One thread does them all unless at least four views are affected and the
 * predicted time of several, crossing included, is clearly below its own; what is spread comes back when that is hardly so
 * any more. Either must hold for eight flushes in a row, so that a few unusual ones move nothing. On one core it never opens.
 */
export function decideGate(input: GateInput, state: GateState): GateState {
  const wish = wishedPlaces(input, state.places);
  if (wish === null) return state.patience === 0 ? state : { ...state, patience: 0 };
  if (state.patience + 1 < patience) return { ...state, patience: state.patience + 1 };
  return { places: wish, patience: 0 };
}

/** The gate that goes by what flushes cost. A flush below half a millisecond is not worth the question. */
export const measuredGate: Gate = { decide: decideGate, leastMs: 0.5 };

/** Places that are clearly better than the present ones; `null` when there are none. */
function wishedPlaces({ views, load, cores, slowdown }: GateInput, present: Places): Places | null {
  const affected = views.filter(({ tables }) => [...tables].some((table) => isChanging(load, table)));
  const alone = predictMs(affected, new Map(), load);
  const isSpread = present.size > 0;
  const now = isSpread ? predictMs(affected, present, load) * slowdown : alone;
  const threads = Math.min(cores, mostThreads);
  const isAllowed = affected.length >= leastViews && threads > 1;
  if (isSpread && (!isAllowed || now > alone * barely)) return new Map();
  // What two messages cost is more than can be won.
  if (!isAllowed || now < load.crossing.messageMs * 2) return null;
  const [best, ms] = fastestPlaces(affected, threads, load);
  return ms * slowdown < now * clearly ? best : null;
}

function isChanging(load: Load, table: string): boolean {
  return (load.changes.get(table) ?? 0) >= 0.5;
}

function fastestPlaces(views: readonly ViewCost[], threads: number, load: Load): readonly [Places, number] {
  let best: readonly [Places, number] = [new Map(), Infinity];
  for (let count = 2; count <= threads; count++) {
    const places = placeViews(views, count, load);
    const ms = predictMs(views, places, load);
    if (ms < best[1]) best = [places, ms];
  }
  return best;
}
