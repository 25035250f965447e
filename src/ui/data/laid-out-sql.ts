import { queryOptions } from '@tanstack/react-query';
import { consoleSession } from './engine.ts';
import { keys } from './keys.ts';

/** A statement in lines; as it is where the formatter has nothing to say. */
export function laidOutSql(sql: string) {
  return queryOptions({
    queryKey: keys.laidOutSql(sql),
    queryFn: () => formatted(sql).catch(() => sql),
  });
}

const AS = 'CREATE TASK t AS ';

/** The body of a task may be a block, which is laid out within its task only. */
async function formatted(sql: string): Promise<string> {
  if (!sql.startsWith('BEGIN')) return consoleSession().format(sql);
  const text = await consoleSession().format(AS + sql);
  return text.slice(text.indexOf('BEGIN'));
}
