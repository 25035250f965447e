import { beforeAll, describe, expect, test } from 'vitest';
import { NO_PROGRESS } from '../base/progress.ts';
import { statementContext } from '../session/statement-context.ts';
import { testEngine } from '../test/engine.ts';
import { complete } from './complete.ts';
import { hover } from './hover.ts';
import { signatures } from './signature.ts';

const engine = await testEngine();

function context() {
  const { services } = engine.core;
  const { signal } = new AbortController();
  return statementContext({ services, session: engine.session, signal, progress: NO_PROGRESS, onChange: () => {} });
}

/** `|` is the caret. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

async function offered(marked: string, ...kinds: readonly string[]) {
  const { text, offset } = at(marked);
  const found = await complete(text, offset, context());
  return found.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
}

const labels = async (marked: string, ...kinds: readonly string[]) =>
  (await offered(marked, ...kinds)).map(({ label }) => label);

beforeAll(async () => {
  await engine.rows(`CREATE TABLE frames (frame_id VARCHAR, risk DOUBLE, meta VARIANT);
    CREATE TABLE videos (frame_id VARCHAR, "Length m" INT);
    INSERT INTO frames VALUES ('a', 1, '{"camera": {"lens": 2, "Made In": "x"}, "tags": [{"kind": 1}]}');
    INSERT INTO frames VALUES ('b', 1, '{"camera": null, "speedKmh": 3}');
    CREATE VIEW risky AS SELECT frame_id AS id, risk FROM frames;
    CREATE STREAM changes ON TABLE frames;
    CREATE TASK nightly SCHEDULE = 5 MINUTE AS SELECT 1;
    CREATE CONNECTION lake STORAGE_TYPE = 's3' ACCESS_KEY_ID = 'k' SECRET_ACCESS_KEY = 's';
    CREATE FILE FORMAT pipes TYPE = CSV FIELD_DELIMITER = '|';
    CREATE STAGE st;
    CREATE STAGE "my stage";
    COPY INTO '@st/in dir/a.parquet' FROM (SELECT 1 AS n, 'x' AS s) FILE_FORMAT = (TYPE = PARQUET) SINGLE = TRUE USE_RAW_PATH = TRUE;
    COPY INTO @st/rows/one.parquet FROM (SELECT 1 AS n, 'x' AS s) FILE_FORMAT = (TYPE = PARQUET) SINGLE = TRUE USE_RAW_PATH = TRUE`);
});

describe('columns', () => {
  test('of all tables of the query, once each', async () => {
    const found = await offered('SELECT | FROM frames f JOIN videos v USING (frame_id)', 'column');
    expect(found.map(({ label, detail, insert }) => [label, detail, insert])).toEqual([
      ['frame_id', 'VARCHAR', 'frame_id'],
      ['risk', 'DOUBLE', 'risk'],
      ['meta', 'VARIANT', 'meta'],
      ['Length m', 'INT', '"Length m"'],
    ]);
  });

  test('behind an alias only its own, in the order of the table', async () => {
    expect(await labels('SELECT v.| FROM frames f, videos AS v')).toEqual(['frame_id', 'Length m']);
    expect(await labels('SELECT 1 FROM frames f JOIN videos v ON f.|')).toEqual(['frame_id', 'risk', 'meta']);
  });

  test('of a CTE or a table that FROM does not name yet', async () => {
    expect(await labels('WITH x AS (SELECT 1 AS a) SELECT x.|')).toEqual(['a']);
    expect(await labels('SELECT videos.|')).toEqual(['frame_id', 'Length m']);
  });

  test('of CTEs, subqueries, views, table functions and files', async () => {
    expect(await labels('WITH x AS (SELECT 1 AS a, risk FROM frames) SELECT x.| FROM x')).toEqual(['a', 'risk']);
    expect(
      await labels('WITH x AS (SELECT 1 AS a), y AS (SELECT a + 1 AS b FROM x) SELECT | FROM y', 'column'),
    ).toEqual(['b']);
    expect(await labels('SELECT d.| FROM (SELECT risk AS r FROM frames) d')).toEqual(['r']);
    expect(await labels('SELECT | FROM risky', 'column')).toEqual(['id', 'risk']);
    expect(await labels('SELECT | FROM numbers(3)', 'column')).toEqual(['number']);
    expect(await labels('SELECT | FROM @st/rows/one.parquet', 'column')).toEqual(['n', 's']);
    expect(await labels("SELECT f.| FROM @st/rows/ (FILE_FORMAT => 'parquet') f")).toEqual(['n', 's']);
    expect(await labels('SELECT f.| FROM frames, LATERAL FLATTEN(input => meta) f')).toContain('value');
  });

  test('of the query around a subquery, behind its own; not of the other side of a UNION', async () => {
    const outer = await labels('SELECT 1 FROM videos v WHERE EXISTS (SELECT 1 FROM risky WHERE |)', 'column');
    expect(outer).toEqual(['id', 'risk', 'frame_id', 'Length m']);
    expect(await labels('SELECT frame_id FROM frames UNION SELECT | FROM risky', 'column')).toEqual(['id', 'risk']);
  });

  test('of what is changed', async () => {
    expect(await labels('INSERT INTO videos (|', 'column')).toEqual(['frame_id', 'Length m']);
    expect(await labels('UPDATE frames SET |', 'column')).toEqual(['frame_id', 'risk', 'meta']);
    expect(await labels('DELETE FROM frames WHERE r|', 'column')).toContain('risk');
  });
});

describe('names', () => {
  test('of CTEs and relations behind FROM', async () => {
    expect(await labels('WITH x AS (SELECT 1) SELECT * FROM |', 'table', 'view', 'stream')).toEqual([
      'x',
      'changes',
      'frames',
      'risky',
      'videos',
    ]);
  });

  test('of streams, tasks, connections, stages and file formats where only those may stand', async () => {
    expect(await labels('DROP STREAM IF EXISTS |')).toEqual(['changes']);
    expect(await labels('EXECUTE TASK n|')).toEqual(['nightly']);
    expect(await labels("CREATE TASK t WHEN STREAM_STATUS('|")).toEqual(['changes']);
    expect(await labels('DESC CONNECTION |')).toEqual(['lake']);
    expect(await labels('DROP STAGE |')).toEqual(['my stage', 'st']);
    expect((await offered('SELECT * FROM @st (FILE_FORMAT => |')).map(({ insert }) => insert)).toEqual(["'pipes'"]);
  });

  test('of types behind a cast', async () => {
    expect(await labels('SELECT 1::VARCH|')).toEqual(['VARCHAR']);
  });
});

describe('keys of a VARIANT', () => {
  test('come from its rows, with the types of their values', async () => {
    const found = await offered('SELECT f.meta:| FROM frames f');
    expect(found.map(({ label, detail, kind }) => [label, detail, kind])).toEqual([
      ['camera', 'object | null', 'key'],
      ['tags', 'array', 'key'],
      ['speedKmh', 'number', 'key'],
    ]);
  });

  test('go on into what a key holds, and each that is put in runs', async () => {
    const found = await offered('SELECT meta:camera.| FROM frames');
    expect(found.map(({ insert }) => insert).sort()).toEqual(['"Made In"', 'lens']);
    expect(await labels("SELECT meta['tags'][0]['| FROM frames")).toEqual(['kind']);
    for (const { insert } of found)
      expect(
        (await engine.rows(`SELECT meta:camera.${insert} FROM frames WHERE frame_id = 'a'`))[0]?.[0],
      ).not.toBeNull();
    const [key] = await offered('SELECT meta:sp| FROM frames');
    expect(await engine.rows(`SELECT meta:${key?.insert} FROM frames WHERE frame_id = 'b'`)).toEqual([['3']]);
  });
});

describe('options', () => {
  test('of COPY, without those that are written', async () => {
    const names = await labels('COPY INTO frames FROM @st PURGE = TRUE |');
    expect(names).toContain('ON_ERROR');
    expect(names).not.toContain('PURGE');
    expect(await labels('COPY INTO frames FROM @st ON_ERROR = |')).toContain('SKIP_FILE');
  });

  test('of a file format by its type, with the values of each', async () => {
    expect(await labels('COPY INTO frames FROM @st FILE_FORMAT = (TYPE = |')).toEqual([
      'CSV',
      'TEXT',
      'NDJSON',
      'PARQUET',
    ]);
    expect(await labels('COPY INTO frames FROM @st FILE_FORMAT = (TYPE = CSV SKIP|')).toEqual(['SKIP_HEADER']);
    expect(await labels('CREATE FILE FORMAT f TYPE = CSV COMPRESSION = GZ|')).toEqual(['GZIP']);
  });
});

test('a file whose name an at-string cannot hold is put in as a string', async () => {
  const [folder] = await offered('SELECT * FROM @st/in|');
  expect([folder?.insert, folder?.span]).toEqual(["'@st/in dir/'", { start: 14, end: 20 }]);
  const [stage] = await offered('SELECT * FROM @my|');
  expect([stage?.insert, stage?.span]).toEqual(["'@my stage/'", { start: 14, end: 17 }]);
});

describe('the signature', () => {
  const signature = async (marked: string) => {
    const { text, offset } = at(marked);
    const found = await signatures(text, offset, context());
    return found && [found.overloads[found.active]?.label, found.argument];
  };

  test('of the innermost call marks the argument at the caret', async () => {
    expect(await signature("SELECT split_part('a-b', |")).toEqual(['split_part(String, String, Int64) → String', 1]);
    expect(await signature("SELECT split_part(concat('a', |), '-', 1)")).toMatchObject([
      expect.stringMatching(/^concat/),
      1,
    ]);
    expect(await signature("SELECT split_part(upper('a,b'), [1, 2], |")).toMatchObject([expect.anything(), 2]);
  });

  test('is not there outside of calls', async () => {
    expect(await signature('SELECT (1, |')).toBeUndefined();
  });
});

test('a column of a subquery says its type on hover', async () => {
  const { text, offset } = at('SELECT d.r|r FROM (SELECT risk AS rr FROM frames) d');
  expect(await hover(text, offset, context())).toMatchObject({ kind: 'Column', name: 'rr', type: 'DOUBLE' });
});

test('a setting says its default on hover, a function its signatures', async () => {
  const setting = at('SET week_st|art = 1');
  expect(await hover(setting.text, setting.offset, context())).toMatchObject({ kind: 'Setting', default: '1' });
  for (const text of ["SET time|zone = 'UTC'", "SETTINGS (time|zone = 'UTC') SELECT 1", 'UNSET time|zone']) {
    const also = at(text);
    expect(await hover(also.text, also.offset, context())).toMatchObject({ kind: 'Setting', default: 'UTC' });
  }
  for (const text of ['SELECT time|zone()', 'SET x = time|zone()', 'SET VARIABLE time|zone = 1']) {
    const also = at(text);
    expect(await hover(also.text, also.offset, context())).toMatchObject({ kind: 'Function', name: 'timezone' });
  }
  const call = at("SELECT split_|part('a-b', '-', 1)");
  expect(await hover(call.text, call.offset, context())).toMatchObject({
    kind: 'Function',
    name: 'split_part',
    signatures: ['split_part(String, String, Int64)'],
  });
});
