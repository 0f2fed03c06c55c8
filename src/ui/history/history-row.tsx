import type { KeyboardEvent, ReactNode } from "react";
import type { HistoryEvent, HistoryQuery, HistoryRelationship, HistoryRow } from "../../model/history.ts";
import { PathText } from "../files/file-row.tsx";
import { formatCount } from "../format/count.ts";
import { clockOf, dayOf } from "../format/time.ts";
import { Icon, type IconName } from "../icons/icon.tsx";
import { useWorkbench } from "../workbench.ts";
import { eventWords, nameOf, skipWords } from "./history-lines.ts";

type OperationLineProps = {
  readonly row: HistoryRow;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onQuery: (query: HistoryQuery) => void;
};

/** One operation: when, of what, and what happened; opened, all that is known of it. */
export function OperationLine({ row, isOpen, onToggle, onQuery }: OperationLineProps): ReactNode {
  const { kind, name } = nameOf(row.documentId);
  const detailsId = `history-details-${row.id}`;
  return (
    <>
      <button
        type="button"
        className="history-row"
        aria-expanded={isOpen}
        aria-controls={isOpen ? detailsId : undefined}
        data-hidden={row.isHidden}
        onClick={onToggle}
        onKeyDown={moveFocus}
      >
        <Icon name="chevron" size={12} />
        <time className="numeric" dateTime={new Date(row.time).toISOString()}>
          {clockOf(row.time)}
        </time>
        <EventIcon event={row.event} />
        <span className="history-document">
          {kind !== "" && <span className="history-kind">{kind} </span>}
          <PathText path={name} />
        </span>
        <span className="history-what">
          <span className="history-words">{eventWords(row.event)}</span>
          <Notes row={row} />
        </span>
      </button>
      {isOpen && <Details id={detailsId} row={row} onQuery={onQuery} />}
    </>
  );
}

/** Arrow keys go from operation to operation. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const rows = event.currentTarget.closest(".history-list")?.querySelectorAll<HTMLElement>(".history-row");
  const all = [...(rows ?? [])];
  all[all.indexOf(event.currentTarget) + step]?.focus();
  event.preventDefault();
}

function Notes({ row }: Pick<OperationLineProps, "row">): ReactNode {
  const skips = skipWords(row.skip);
  const unreadable = row.event.type === "file-put" && row.event.fault !== null;
  if (skips === "" && !row.isHidden && !unreadable) return null;
  return (
    <span className="history-notes">
      {unreadable && <span data-note="fault">could not be read</span>}
      {skips !== "" && <span>{skips}</span>}
      {row.isHidden && <span title="A later operation skips this one: it has no effect.">skipped later</span>}
    </span>
  );
}

type Sign = "added" | "removed" | "changed";

const icons: Readonly<Record<Sign, IconName>> = { added: "plus", removed: "minus", changed: "dot" };

/** A shape for those who look down the list; the words beside it say the same. */
function EventIcon({ event }: { readonly event: HistoryEvent }): ReactNode {
  const sign = signOf(event);
  return (
    <span className="history-sign" data-sign={sign}>
      <Icon name={icons[sign]} size={14} />
    </span>
  );
}

function signOf(event: HistoryEvent): Sign {
  if (!("change" in event)) return "removed";
  return event.change === "updated" ? "changed" : event.change;
}

type DetailsProps = Pick<OperationLineProps, "row" | "onQuery"> & { readonly id: string };

function Details({ id, row, onQuery }: DetailsProps): ReactNode {
  const { act } = useWorkbench();
  const { documentId, event } = row;
  return (
    <div className="history-details" id={id}>
      {event.type === "relationships" && <Relationships event={event} />}
      {event.type === "file-put" && event.fault !== null && <p>{event.fault}</p>}
      <dl>
        <Fact term="When">
          {dayOf(row.time)}, {clockOf(row.time)}
        </Fact>
        <Fact term="Document">{documentId}</Fact>
        {event.type === "file-put" && (
          <Fact term="Content">
            <code>{event.contentHash}</code>, {event.kind}
          </Fact>
        )}
        <Fact term="Stream">
          scope {row.scope}, branch {row.branch}, index {formatCount(row.index)}
        </Fact>
        <Fact term="Operation">
          {formatCount(row.id)}, <code>{row.hash}</code>
        </Fact>
        <Fact term="Action">
          <code>{row.actionId}</code>
        </Fact>
        {row.skip > 0 && <Fact term="Skip">{skipWords(row.skip)} before it in its stream</Fact>}
        {row.isHidden && (
          <Fact term="Effect">none any more: a later operation of the stream skips this one</Fact>
        )}
      </dl>
      <div className="history-actions">
        <button type="button" className="button" onClick={() => onQuery({ documentId, search: "" })}>
          <Icon name="history" />
          Only this document
        </button>
        <button type="button" className="button" onClick={() => act({ type: "select", key: documentId })}>
          <Icon name="info" />
          Inspect
        </button>
      </div>
    </div>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Relationships(props: {
  readonly event: Extract<HistoryEvent, { readonly type: "relationships" }>;
}): ReactNode {
  const { listed, left } = props.event;
  return (
    <ul className="history-relationships">
      {withKeys(listed).map(({ type, targetId, metadata, key }) => (
        <li key={key}>
          <span className="history-kind">{type}</span> {targetId}
          {metadata !== "" && <code>{metadata}</code>}
        </li>
      ))}
      {left > 0 && <li>and {formatCount(left)} more</li>}
    </ul>
  );
}

/** An operation may name a relationship more than once; the key of one stays whatever a search puts before it. */
function withKeys(
  listed: readonly HistoryRelationship[],
): readonly (HistoryRelationship & { readonly key: string })[] {
  const times = new Map<string, number>();
  return listed.map((one) => {
    const words = JSON.stringify([one.type, one.targetId, one.metadata]);
    const before = times.get(words) ?? 0;
    times.set(words, before + 1);
    return { ...one, key: `${words} ${before}` };
  });
}
