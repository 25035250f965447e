import { useQuery } from '@tanstack/react-query';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { Histogram } from '../../components/Histogram.tsx';
import { binsFilter } from '../../data/bins-filter.ts';
import { type ColumnStats, columnStats, measureOf } from '../../data/column-stats.ts';
import { withoutEnd } from '../../data/result-view.ts';
import { closeStats, type ShownStats } from '../../data/shown-stats.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { ColumnHead } from './ColumnHead.tsx';

/** What the values of one column of a result are like, asked in the session of its worksheet. */
export function StatsPanel({ shown }: { readonly shown: ShownStats }) {
  const { stats: words } = useMessages();
  const { worksheet, column, result, sql, onOnly, onFilter } = shown;
  const measure = measureOf(column.type.kind);
  const from = `(\n${withoutEnd(sql)}\n) AS result`;
  const { data, error } = useQuery({
    ...columnStats(['resultStats', result], { from, column: column.name, measure, worksheet }),
    gcTime: 0,
  });
  return (
    <>
      <ColumnHead column={column} label={words.close} onClose={closeStats} />
      {error && <ErrorCard error={error} />}
      {!data && !error && <Skeleton lines={6} />}
      {data && (
        <div className="stats">
          <Facts className="viewer-block" facts={factsOf(data, words)} />
          {data.bins && (
            <section className="viewer-block stats-bins" aria-label={words.spread}>
              <h3>{words.spread}</h3>
              <Histogram
                counts={data.bins}
                label={words.brush(column.name)}
                onBrush={(first, last) => {
                  const brushed = { column: column.name, kind: column.type.kind, stats: data, first, last };
                  const filter = binsFilter(brushed);
                  if (filter) onFilter(filter);
                }}
              />
            </section>
          )}
          {data.top && data.top.length > 0 && (
            <section className="viewer-block" aria-label={words.top}>
              <h3>{words.top}</h3>
              <ul className="stats-top">
                {data.top.map(({ value, count }) => (
                  <li key={value}>
                    <button type="button" title={words.filterTop(value)} onClick={() => onOnly(value)}>
                      <span className="stats-share" style={{ width: `${(count / Math.max(1, data.rows)) * 100}%` }} />
                      <span className="cut grow">{value}</span>
                      <span className="num">{format.percent(count / Math.max(1, data.rows))}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <p className="faint stats-note">{words.exact}</p>
        </div>
      )}
    </>
  );
}

type Words = ReturnType<typeof useMessages>['stats'];

function factsOf(stats: ColumnStats, words: Words): readonly (readonly [name: string, value: string])[] {
  const { rows, nulls, distinct, min, max, mean } = stats;
  return [
    [words.rows, format.integer(rows)],
    [words.nulls, `${format.integer(nulls)} · ${format.percent(nulls / Math.max(1, rows))}`],
    ...(distinct === undefined ? [] : [[words.distinct, format.integer(distinct)] as const]),
    ...(min === undefined ? [] : [[words.min, min] as const]),
    ...(max === undefined ? [] : [[words.max, max] as const]),
    ...(mean === undefined ? [] : [[words.mean, format.number(mean, 4)] as const]),
  ];
}
