import { NO_PROGRESS } from '../src/engine/base/progress.ts';
import { complete } from '../src/engine/complete/complete.ts';
import { statementContext } from '../src/engine/session/statement-context.ts';
import { testEngine } from '../src/engine/test/engine.ts';
import { fastest, type Report, round } from './figure.ts';

const TABLES = 500;
const CALLS = 20;

/** What the editor waits for after a key, with many tables in the database. */
export async function benchComplete(report: Report): Promise<void> {
  const engine = await testEngine();
  for (let at = 0; at < TABLES; at++) await engine.rows(`CREATE TABLE table_${at} (id_${at} INT, name VARCHAR)`);
  const { services } = engine.core;
  const { signal } = new AbortController();
  const ctx = statementContext({
    services,
    session: engine.session,
    signal,
    progress: NO_PROGRESS,
    onChange: () => {},
  });
  const places = {
    from: ['SELECT * FROM ', ''],
    columns: ['SELECT ', ' FROM table_1 a JOIN table_2 b ON a.name = b.name'],
    cte: ['WITH x AS (SELECT * FROM table_7) SELECT x.', ' FROM x'],
  } as const;
  for (const [name, [head, tail]] of Object.entries(places)) {
    let found = 0;
    const seconds = await fastest(CALLS, async () => {
      found = (await complete(head + tail, head.length, ctx)).length;
    });
    report({ name: `complete_${name}`, value: round(seconds * 1000), unit: 'ms', tables: TABLES, offered: found });
  }
}
