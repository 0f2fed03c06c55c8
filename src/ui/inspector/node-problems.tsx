import type { ReactNode } from "react";
import type { Fault } from "../../base/fault.ts";
import type { NodeRow, ProblemRow } from "../../model/view-rows.ts";
import { problemsOfFile } from "../../session/app-queries.ts";
import { Icon } from "../icons/icon.tsx";
import { useRows } from "../live/use-live-view.ts";
import { sourcePathOf } from "../path/document-of.ts";
import { useSession } from "../session-context.ts";

type NodeProblemsProps = { readonly row: NodeRow; readonly fault: Fault | null };

/** Why a node failed, and what was noticed in its file. */
export function NodeProblems({ row, fault }: NodeProblemsProps): ReactNode {
  const problems = useProblemsOf(sourcePathOf(row.key));
  const told = fault === null || problems.some((problem) => problem.message === fault.message);
  if (told && problems.length === 0) return null;
  return (
    <section className="inspector-section" aria-label="Problems of this file">
      <ul className="node-problems">
        {fault !== null && !told && <NodeProblem fault={fault} line={null} />}
        {problems.map((problem) => (
          <NodeProblem key={problem.key} fault={problem} line={problem.line} />
        ))}
      </ul>
    </section>
  );
}

type NodeProblemProps = {
  readonly fault: Pick<Fault, "severity" | "message" | "remedy">;
  readonly line: number | null;
};

function NodeProblem({ fault, line }: NodeProblemProps): ReactNode {
  return (
    <li className="node-problem" data-severity={fault.severity}>
      <Icon name={fault.severity} />
      <div>
        <strong>
          {fault.message}
          {line !== null && <span className="numeric"> (line {line})</span>}
        </strong>
        <p>{fault.remedy}</p>
      </div>
    </li>
  );
}

function useProblemsOf(path: string): readonly ProblemRow[] {
  return useRows(useSession().view("problems of a file", problemsOfFile, { parameters: { path } }));
}
