import { createRequire } from 'node:module';
import { tableFromIPC } from 'apache-arrow';
import { beforeAll, expect, test } from 'vitest';
import { collect } from '../../base/async.ts';
import type { DuckConnection } from '../../duck/connection.ts';
import { openDuck } from '../../duck/database.ts';
import { macroStatement, macrosIn } from '../../functions/macros.ts';
import { jsonKernels } from './index.ts';

const wasm = createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
let connection: DuckConnection;

beforeAll(async () => {
  const duck = await openDuck({ wasm });
  connection = duck.connect();
  for (const kernel of jsonKernels) duck.register(kernel);
});

async function value(expr: string): Promise<unknown> {
  for (const name of macrosIn(expr)) connection.run(macroStatement(name));
  const { schema, batches } = await connection.stream(`SELECT ${expr} AS v`, new AbortController().signal);
  const messages = await collect(batches);
  const bytes = new Uint8Array([schema, ...messages.map((message) => message.bytes)].flatMap((part) => [...part]));
  return String(tableFromIPC(bytes).getChild('v')?.get(0));
}

test.each([
  [`json_list('[1,"a",{}]', 0)`, '[1,"a",{}]'],
  [`json_list('[]', 0)`, '[]'],
  [`json_list('null', 0)`, 'null'],
  [`list_transform(json_entries('{"a":1,"b":"x"}', 0), lambda e: e.key || e.value)`, '[a1,b"x"]'],
  [`json_entries('{}', 0)`, '[]'],
  [`len(string_split(json_flatten(CAST(NULL AS VARCHAR), '', 1, 0, 'both'), chr(31)))`, '5'],
  [`json_get_path('{"a":[{"b":2}]}', 'a[0].b')`, '2'],
  [`json_to_i64('18', 0)`, '18'],
])('%s is %s in SQL', async (expr, result) => {
  expect(await value(expr)).toBe(result);
});
