import { beforeAll, expect, test } from 'vitest';
import { collectScript, type StatementResult } from '../../cli/collect.ts';
import { type TestEngine, testEngine } from '../../test/engine.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await testEngine();
}, 120_000);

test('a script hears a cancel between its steps', async () => {
  const cancelling = new AbortController();
  const results: StatementResult[] = [];
  const script = 'EXECUTE IMMEDIATE $$ BEGIN LET x := 0; LOOP x := x + 1; END LOOP; END $$; SELECT 1';
  await engine.rows('SET script_max_steps = 100000000');
  setTimeout(() => cancelling.abort(), 50);
  await collectScript(script, {
    ...{ core: engine.core, session: engine.session, signal: cancelling.signal },
    onResult: (result) => results.push(result),
  });
  expect(results).toEqual([]);
});

test('a procedure keeps no keys', async () => {
  const copy = "COPY INTO t FROM 's3://b/' CONNECTION = (ACCESS_KEY_ID = 'a', SECRET_ACCESS_KEY = 'b')";
  const create = `CREATE PROCEDURE load () RETURNS INT LANGUAGE SQL AS $$ BEGIN ${copy}; END $$`;
  await expect(engine.rows(create)).rejects.toMatchObject({ code: 1006 });
});

test('the values of variables are values: a quote in one ends no string', async () => {
  const script = `EXECUTE IMMEDIATE $$ BEGIN LET x := 'it''s; DROP TABLE t'; RETURN TABLE(SELECT :x AS v, length(:x) AS n); END $$`;
  expect(await engine.rows(script)).toEqual([["it's; DROP TABLE t", '18']]);
});

test('the variables of a script end with it', async () => {
  await engine.rows('EXECUTE IMMEDIATE $$ BEGIN LET x := 1; END $$');
  await expect(engine.rows('SELECT :x')).rejects.toMatchObject({ code: 1065 });
});
