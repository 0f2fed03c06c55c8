import type { ReactNode } from "react";

export type FactColumn<Row> = {
  readonly words: string;
  readonly of: (row: Row) => string;
  /** Text stands on the left, numbers on the right. */
  readonly isText?: boolean;
};

type FactTableProps<Row> = {
  readonly name: string;
  readonly rows: readonly Row[];
  /** The first heads the row. */
  readonly columns: readonly FactColumn<Row>[];
};

/** A small table of numbers, wider than the screen at times: the focus lets the keyboard scroll it. */
export function FactTable<Row extends { readonly key: string }>({
  name,
  rows,
  columns,
}: FactTableProps<Row>): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="fact-table" tabIndex={0} role="region" aria-label={name}>
      <table>
        <thead>
          <tr>
            {columns.map(({ words, isText }, place) => (
              <th key={words} scope="col" data-text={place === 0 || isText === true}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <FactRow key={row.key} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FactRow<Row>({
  row,
  columns,
}: Pick<FactTableProps<Row>, "columns"> & { readonly row: Row }): ReactNode {
  return (
    <tr>
      {columns.map(({ words, of, isText }, place) =>
        place === 0 ? (
          <th key={words} scope="row" data-text>
            {of(row)}
          </th>
        ) : (
          <td key={words} data-text={isText === true}>
            {of(row)}
          </td>
        ),
      )}
    </tr>
  );
}
