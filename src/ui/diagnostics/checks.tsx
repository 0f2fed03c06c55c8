import type { ReactNode } from "react";
import type { GraphDiagnostics, PipelineCheck, ReadDifference } from "../../model/diagnostics.ts";
import { formatCount } from "../format/count.ts";

type Checked = Pick<GraphDiagnostics, "pipeline" | "reads" | "tasksChecked">;

/** What the builds of this visit did against what was declared. What did not run was not checked, and is so told. */
export function Checks({ pipeline, reads, tasksChecked }: Checked): ReactNode {
  if (pipeline === null && tasksChecked === 0) {
    return <p>No task ran since the project was opened, so there is nothing to check yet.</p>;
  }
  const lines = [...(pipeline === null ? [] : stageLines(pipeline)), ...reads.flatMap(readLines)];
  return (
    <>
      {lines.length > 0 && (
        <ul className="name-list">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <StagesFine pipeline={pipeline} />
      {reads.length === 0 && <p>{sayReadsFine(tasksChecked)}</p>}
    </>
  );
}

function StagesFine({ pipeline }: Pick<Checked, "pipeline">): ReactNode {
  if (pipeline === null) {
    return <p>No whole build ended since the project was opened, so its stages are not checked yet.</p>;
  }
  return stageLines(pipeline).length === 0 && <p>The stages of the build are as declared.</p>;
}

function sayReadsFine(tasksChecked: number): string {
  if (tasksChecked === 0) {
    return "No task ran since the project was opened, so there is nothing yet to compare with what the rules require.";
  }
  if (tasksChecked === 1)
    return "The one task that ran since the project was opened read just what its rule requires.";
  return `The ${formatCount(tasksChecked)} tasks that ran since the project was opened read just what their rules require.`;
}

function stageLines({ missing, extra, mismatched }: PipelineCheck): readonly string[] {
  return [
    ...missing.map((name) => `The build had no stage ${name}.`),
    ...extra.map((name) => `The build had a stage ${name}, which is not declared.`),
    ...mismatched.map(
      ({ name, declared, actual }) =>
        `The stage ${name} followed ${actual.join(", ")}, and not ${declared.join(", ")}.`,
    ),
  ];
}

function readLines({ rule, undeclared, unread }: ReadDifference): readonly string[] {
  return [
    ...undeclared.map((input) => `${rule} read ${input} without requiring it.`),
    ...unread.map((input) => `${rule} requires ${input} and did not read it.`),
  ];
}
