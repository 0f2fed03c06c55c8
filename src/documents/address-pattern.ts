/**
 * Whether an address fits a pattern as a whole: `**` stands for any signs, `*` for any but `/`, everything else for
 * itself. Cost: at the most the product of both lengths, whatever the pattern.
 */
export function matchesPattern(pattern: string, address: string): boolean {
  const steps = stepsOf(pattern);
  // The steps at which the signs read so far may have arrived.
  let at = behindStars(steps, [0]);
  for (const sign of address) {
    const next = new Set<number>();
    for (const step of at) {
      const wanted = steps[step];
      if (wanted === "**" || (wanted === "*" && sign !== "/")) next.add(step);
      else if (wanted === sign) next.add(step + 1);
    }
    if (next.size === 0) return false;
    at = behindStars(steps, next);
  }
  return at.has(steps.length);
}

function stepsOf(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\*\*|[^]/gu)].map(([step]) => step);
}

/** Stars stand for nothing too. */
function behindStars(steps: readonly string[], from: Iterable<number>): ReadonlySet<number> {
  const reached = new Set<number>();
  for (const start of from) {
    for (let step = start; !reached.has(step); step++) {
      reached.add(step);
      if (steps[step] !== "*" && steps[step] !== "**") break;
    }
  }
  return reached;
}
