import type { ProjectPath } from "../base/project-path.ts";
import type { NewOperation, RelationshipInput } from "../model/operation.ts";
import type { Relationship } from "../model/relationship.ts";
import { fileId } from "../model/resource.ts";
import type { SourceRecord } from "../model/source.ts";

/** The name under which two relationships are the same one. */
export const relationshipKey = ({ source, target, type }: Relationship): string =>
  `${source}\n${target}\n${type}`;

/** What a scan has to say to the log: the files that changed and those that are gone. */
export function sourceOperations(
  changed: readonly SourceRecord[],
  removed: readonly ProjectPath[],
): readonly NewOperation[] {
  const stream = (path: ProjectPath) =>
    ({ documentId: fileId(path), scope: "source", branch: "main" }) as const;
  return [
    ...changed.map((source) => ({ ...stream(source.path), action: { type: "PUT_SOURCE", source } as const })),
    ...removed.map((path) => ({ ...stream(path), action: { type: "DELETE_SOURCE" } as const })),
  ];
}

/** The operations that turn the relationships known into those of the blueprint: at most two for each source. */
export function relationshipOperations(
  known: ReadonlyMap<string, Relationship>,
  wanted: ReadonlyMap<string, Relationship>,
): readonly NewOperation[] {
  const added = [...wanted].filter(([key]) => !known.has(key)).map(([, relationship]) => relationship);
  const gone = [...known].filter(([key]) => !wanted.has(key)).map(([, relationship]) => relationship);
  return [
    ...[...bySource(gone)].map(([documentId, relationships]) =>
      operation(documentId, { type: "REMOVE_RELATIONSHIP", relationships }),
    ),
    ...[...bySource(added)].map(([documentId, relationships]) =>
      operation(documentId, { type: "ADD_RELATIONSHIP", relationships }),
    ),
  ];
}

function operation(documentId: string, action: NewOperation["action"]): NewOperation {
  return { documentId, scope: "document", branch: "main", action };
}

function bySource(relationships: readonly Relationship[]): ReadonlyMap<string, readonly RelationshipInput[]> {
  const groups = new Map<string, RelationshipInput[]>();
  for (const { source, target, type, metadata } of relationships) {
    const input = { targetId: target, type, metadata };
    const group = groups.get(source);
    if (group === undefined) groups.set(source, [input]);
    else group.push(input);
  }
  return groups;
}
