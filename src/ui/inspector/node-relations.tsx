import type { ReactNode } from "react";
import type { Json } from "../../base/json.ts";
import { asResourceId } from "../../model/ids.ts";
import type { RelationGroup } from "../../model/relations.ts";
import { formatCount } from "../format/count.ts";
import { groupsOf, type RelationList } from "../relations/relation-words.ts";
import { groupKey, moreAtATime, useRelations, type KnownRelations } from "../relations/use-relations.ts";
import { NodeLink } from "./node-link.tsx";
import { RemoveChild } from "./remove-child.tsx";

/** What a node stands on and what stands on it, by what the relationship means; each name selects. */
export function NodeRelations({ id }: { readonly id: string }): ReactNode {
  const known = useRelations(id);
  if (known === undefined) return null;
  return (
    <>
      {known.isStale && (
        <p className="inspector-section link-note">
          The engine has not answered yet: these relationships may be those of before the last change.
        </p>
      )}
      <RelationSection id={id} title="Depends on" list="depends-on" known={known} />
      <RelationSection id={id} title="Used by" list="used-by" known={known} />
    </>
  );
}

type RelationSectionProps = {
  readonly id: string;
  readonly title: string;
  readonly list: RelationList;
  readonly known: KnownRelations;
};

function RelationSection({ id, title, list, known }: RelationSectionProps): ReactNode {
  const groups = groupsOf(known.groups, list);
  if (groups.length === 0) return null;
  const total = groups.reduce((sum, { group }) => sum + group.total, 0);
  return (
    <details className="inspector-section" open>
      <summary>
        {title}
        <span className="numeric">{formatCount(total)}</span>
      </summary>
      {groups.map(({ words, group }) => (
        <Group
          key={groupKey(group)}
          id={id}
          words={words}
          group={group}
          onMore={() => known.showMore(group)}
        />
      ))}
    </details>
  );
}

type GroupProps = {
  readonly id: string;
  readonly words: string;
  readonly group: RelationGroup;
  readonly onMore: () => void;
};

function Group({ id, words, group, onMore }: GroupProps): ReactNode {
  const { relations, total, type, direction } = group;
  const left = total - relations.length;
  return (
    <div className="relation-group">
      <h3>
        {words}
        <span className="numeric">{formatCount(total)}</span>
      </h3>
      <ul className="links" aria-label={words}>
        {relations.map((relation) => (
          <NodeLink key={relation.id} id={relation.other} {...noteOf(relation.metadata)}>
            {type === "parent-child" && (
              <RemoveChild of={asResourceId(id)} other={relation.other} direction={direction} />
            )}
          </NodeLink>
        ))}
      </ul>
      {left > 0 && (
        <button type="button" className="button" onClick={onMore}>
          Show {formatCount(Math.min(left, moreAtATime))} more of {formatCount(left)}
        </button>
      )}
    </div>
  );
}

/** Where the reference stands in the file that has it. */
function noteOf(metadata: Json): { readonly note?: string } {
  if (typeof metadata !== "object" || metadata === null || !("line" in metadata)) return {};
  return typeof metadata.line === "number" ? { note: `line ${formatCount(metadata.line)}` } : {};
}
