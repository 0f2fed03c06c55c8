import type { ReactNode } from "react";
import type { GraphDiagnostics, RedundantRequirements } from "../../model/diagnostics.ts";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { Checks } from "./checks.tsx";
import { CycleList } from "./cycle-list.tsx";
import { CompareGraphs } from "./graph-comparison.tsx";
import { GraphExports } from "./graph-exports.tsx";
import { NameList, NodeName } from "./name-list.tsx";
import { useDiagnostics } from "./use-diagnostics.ts";
import "./diagnostics-panel.css";

/** What the rule graph says of itself: its shape, what is wrong with it, and how it changed. */
export function DiagnosticsPanel(): ReactNode {
  const diagnostics = useDiagnostics();
  if (diagnostics === undefined) {
    return (
      <div className="empty">
        <strong>No graph yet</strong>
        <p>After the first build its shape, cycles and critical path are shown here.</p>
      </div>
    );
  }
  return (
    // The panel may be longer than the screen; the focus lets the keyboard scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="diagnostics" tabIndex={0} role="region" aria-label="Diagnostics">
      <Shape diagnostics={diagnostics} />
      <Section title="Cycles" count={diagnostics.cycles.length}>
        <CycleList cycles={diagnostics.cycles} />
      </Section>
      <Section title="Critical path">
        <CriticalSteps critical={diagnostics.critical} />
      </Section>
      <Section title="Files that nothing uses" count={diagnostics.isolated.length}>
        {diagnostics.isolated.length === 0 ? (
          <p>None. Every file is built into the site or shown by a page.</p>
        ) : (
          <NameList names={diagnostics.isolated} />
        )}
      </Section>
      <Section title="Checks">
        <Checks {...diagnostics} />
      </Section>
      <Section title="Earlier graphs">
        <CompareGraphs {...diagnostics} />
      </Section>
    </div>
  );
}

function Section(props: {
  readonly title: string;
  readonly count?: number;
  readonly children: ReactNode;
}): ReactNode {
  const { title, count, children } = props;
  return (
    <section className="diagnostics-section">
      <h2>
        {title}
        {count !== undefined && count > 0 && <span className="numeric"> {formatCount(count)}</span>}
      </h2>
      {children}
    </section>
  );
}

function Shape({ diagnostics }: { readonly diagnostics: GraphDiagnostics }): ReactNode {
  const { counts, signature, redundant } = diagnostics;
  const facts: readonly (readonly [words: string, count: string])[] = [
    ["Rules", formatCount(counts.rules)],
    ["Evidence", formatCount(counts.evidence)],
    ["Edges", formatCount(counts.edges)],
    ["Generations", formatCount(counts.generations)],
    ...(redundant === null ? [] : ([["Edges without need", sayRedundant(redundant)]] as const)),
  ];
  return (
    <header className="diagnostics-shape">
      <dl>
        {facts.map(([words, count]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd className="numeric">{count}</dd>
          </div>
        ))}
        <div>
          <dt>Signature</dt>
          <dd>
            <code>{signature}</code>
          </dd>
        </div>
      </dl>
      <GraphExports />
    </header>
  );
}

function sayRedundant({ requirements, isComplete }: RedundantRequirements): string {
  const count = formatCount(requirements.length);
  return isComplete ? count : `at least ${count}`;
}

function CriticalSteps({ critical }: { readonly critical: GraphDiagnostics["critical"] }): ReactNode {
  if (critical.steps.length === 0) return <p>Nothing was built yet.</p>;
  return (
    <>
      <p>
        With any number of workers a full build takes at least{" "}
        <span className="numeric">{formatDuration(critical.totalMs)}</span>:
      </p>
      <ol className="critical-steps">
        {critical.steps.map(({ id, durationMs }) => (
          <li key={id}>
            <NodeName id={id} /> <span className="numeric">{formatDuration(durationMs)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
