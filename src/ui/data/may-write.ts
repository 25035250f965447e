import { isConsuming } from './result-view.ts';

const READING = /^(SELECT|WITH|FROM|VALUES|SHOW|DESC|DESCRIBE|LIST|USE|SET|UNSET|EXISTS|EXPLAIN)\b/;

/** Whether a statement changes more than its own session; what is not known to read is taken to write. */
export function mayWrite(head: string, sql: string): boolean {
  if (!READING.test(head)) return true;
  if (isConsuming(sql)) return true;
  return /^(EXPLAIN|WITH)\b/.test(head) && /\b(INSERT|UPDATE|DELETE|MERGE|REPLACE|COPY|CREATE)\b/i.test(sql);
}
