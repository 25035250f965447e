import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { typeName } from '../../../engine/index.ts';
import { IconButton } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { PaneHead } from '../../components/frame/Place.tsx';
import { Histogram } from '../../components/Histogram.tsx';
import { TypeGlyph } from '../../components/TypeGlyph.tsx';
import { columnStats, measureOf } from '../../data/column-stats.ts';
import { withoutEnd } from '../../data/result-view.ts';
import { formats } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { closeStats, type ShownStats } from './shown-stats.ts';

const format = formats('en');

/** What the values of one column of a result are like, asked of the engine in a session of its own. */
export function StatsPanel({ shown }: { readonly shown: ShownStats }) {
  const { stats: words } = useMessages();
  const { column, result, sql, onOnly } = shown;
  const measure = measureOf(column.type.kind);
  const from = `(\n${withoutEnd(sql)}\n) AS result`;
  const { data, error } = useQuery({
    ...columnStats(['resultStats', result], { from, column: column.name, measure }),
    gcTime: 0,
  });
  return (
    <>
      <PaneHead
        title={
          <span className="cell-title">
            <TypeGlyph type={column.type} />
            <span className="cut">{column.name}</span>
            <span className="faint cut">{typeName(column.type)}</span>
          </span>
        }
      >
        <IconButton icon={X} size="s" label={words.close} onClick={closeStats} />
      </PaneHead>
      {error && <ErrorCard error={error} />}
      {!data && !error && <Skeleton lines={6} />}
      {data && (
        <div className="stats">
          <dl className="facts viewer-block">
            <Fact name={words.rows}>{format.integer(data.rows)}</Fact>
            <Fact name={words.nulls}>
              {format.integer(data.nulls)} · {format.percent(data.nulls / Math.max(1, data.rows))}
            </Fact>
            {data.distinct !== undefined && <Fact name={words.distinct}>{format.integer(data.distinct)}</Fact>}
            {data.min !== undefined && <Fact name={words.min}>{data.min}</Fact>}
            {data.max !== undefined && <Fact name={words.max}>{data.max}</Fact>}
            {data.mean !== undefined && <Fact name={words.mean}>{format.number(data.mean, 4)}</Fact>}
          </dl>
          {data.bins && (
            <section className="viewer-block stats-bins" aria-label={words.spread}>
              <h3>{words.spread}</h3>
              <Histogram counts={data.bins} />
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

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
