import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hint } from '../base/hints.ts';
import { memorySecrets, type SecretStore } from '../base/secret-store.ts';
import { nodeHost } from '../cli/host.ts';
import { openEngine } from '../session/engine.ts';
import { memoryStore } from '../stores/memory.ts';
import { engineOver, type TestEngine } from '../test/engine.ts';
import { type S3Server, s3Server, TEST_KEY } from '../test/s3/server.ts';
import { memoryHost } from '../warehouse/memory-host.ts';

const SECRET = TEST_KEY.secret;
let server: S3Server;
let engine: TestEngine;
let secrets: SecretStore;
const store = memoryStore();
const host = memoryHost();

async function openWith(own: SecretStore): Promise<TestEngine> {
  const base = nodeHost({ data: undefined, version: '0.0.0' });
  return engineOver(await openEngine({ ...base, store, warehouse: host.sibling(), secrets: own }));
}

beforeAll(async () => {
  server = await s3Server({
    keys: { [TEST_KEY.id]: { secret: SECRET }, READER: { secret: 'reader', mayList: false } },
    buckets: { lake: {}, open: { anonymous: true } },
  });
  secrets = memorySecrets();
  engine = await openWith(secrets);
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
  server.put('lake', 'in/a.csv', '1,one\n2,two\n');
  server.put('lake', 'in/b.csv', '3,three\n');
  server.put('lake', 'in/deep/c d.csv', '4,four\n');
});

const keys = () =>
  `ACCESS_KEY_ID = '${TEST_KEY.id}' SECRET_ACCESS_KEY = '${SECRET}' ENDPOINT_URL = '${server.endpoint}'`;
const error = async (sql: string, of = engine) =>
  of.rows(sql).then(
    () => undefined,
    (thrown) => thrown,
  );

async function warehouseText(): Promise<string> {
  const { signal } = new AbortController();
  let text = '';
  for await (const { path } of store.list('', signal)) text += new TextDecoder().decode(await store.read(path, signal));
  return text;
}

describe('connections', () => {
  test('are created, shown masked, replaced and dropped', async () => {
    await engine.rows(`CREATE CONNECTION lake STORAGE_TYPE = 'S3' ${keys()} REGION = 'us-east-1'`);
    const masked = `access_key_id=AK***ST endpoint_url=ht***${String(server.port).slice(-2)} region=us***-1 secret_access_key=wJ***ET`;
    expect(await engine.rows('DESC CONNECTION lake')).toEqual([['lake', 's3', masked]]);
    expect(await engine.rows('SHOW CONNECTIONS')).toEqual([['lake', 's3', masked]]);
    expect(await error(`CREATE CONNECTION lake STORAGE_TYPE = 's3'`)).toMatchObject({
      code: 2512,
      message: "Connection 'lake' already exists.",
    });
    await engine.rows(`CREATE CONNECTION IF NOT EXISTS lake STORAGE_TYPE = 's3'`);
    expect((await engine.rows('SHOW CONNECTIONS'))[0]?.[2]).toBe(masked);
    await engine.rows(`CREATE OR REPLACE CONNECTION lake STORAGE_TYPE = 's3' REGION = 'eu-west-1'`);
    expect(await engine.rows('SHOW CONNECTIONS')).toEqual([['lake', 's3', 'region=eu***-1']]);
    await engine.rows('DROP CONNECTION lake');
    await engine.rows('DROP CONNECTION IF EXISTS lake');
    expect(await error('DROP CONNECTION lake')).toMatchObject({
      code: 2510,
      message: "Connection 'lake' does not exist. (while drop connection)",
    });
    expect(await error('DESC CONNECTION lake')).toMatchObject({
      code: 2510,
      message: "Connection 'lake' does not exist.",
    });
    expect(await engine.rows('SHOW CONNECTIONS')).toEqual([]);
  });

  test('take every parameter of the reference, and no other', async () => {
    await engine.rows(`CREATE CONNECTION every STORAGE_TYPE = 's3' AWS_KEY_ID = 'a' AWS_SECRET_KEY = 'b' SESSION_TOKEN = 'c'
      MASTER_KEY = 'd' ROLE_ARN = 'e' EXTERNAL_ID = 'f' ENABLE_VIRTUAL_HOST_STYLE = TRUE REGION = 'auto' ENDPOINT_URL = 'h:1'`);
    await engine.rows(
      `CREATE CONNECTION azure STORAGE_TYPE = 'AzBlob' ENDPOINT_URL = 'https://acme.blob.core.windows.net' ACCOUNT_KEY = 'abc'`,
    );
    expect(await engine.rows('DESC CONNECTION azure')).toEqual([
      ['azure', 'azblob', 'account_key=*** endpoint_url=ht***et'],
    ]);
    const refused = [
      [`'s4'`, 'invalid input parameter (protocol s4 is not supported yet.)'],
      [`'azblob'`, 'invalid input parameter (endpoint_url is required for storage azblob)'],
      [`'s3' CONNECTION_NAME = 'x'`, 'invalid input parameter (can not use connection_name when create connection)'],
      [`'http' URL = 'x'`, 'invalid input parameter (connection params invalid: expected [], got [url])'],
    ];
    for (const [rest, message] of refused) {
      expect(await error(`CREATE CONNECTION bad STORAGE_TYPE = ${rest}`)).toMatchObject({ code: 4000, message });
    }
    await engine.rows('DROP CONNECTION every; DROP CONNECTION azure');
  });
});

describe('stages on a bucket', () => {
  beforeEach(async () => {
    await engine.rows(`CREATE OR REPLACE CONNECTION lake STORAGE_TYPE = 's3' ${keys()}`);
  });

  test('are listed, read, loaded, purged and removed from', async () => {
    await engine.rows(
      `CREATE OR REPLACE STAGE s URL = 's3://lake/in/' CONNECTION = (CONNECTION_NAME = 'lake') FILE_FORMAT = (TYPE = CSV)`,
    );
    expect(server.requests).toEqual([]);
    expect((await engine.rows('LIST @s')).map(([name, size, md5]) => [name, size, md5?.toString().length])).toEqual([
      ['a.csv', '12', 34],
      ['b.csv', '8', 34],
      ['deep/c d.csv', '7', 34],
    ]);
    expect(await engine.rows(`SELECT $1, $2 FROM @s (PATTERN => '[ab].csv') ORDER BY 1`)).toEqual([
      ['1', 'one'],
      ['2', 'two'],
      ['3', 'three'],
    ]);
    await engine.rows('CREATE OR REPLACE TABLE t (a INT, b STRING)');
    expect(await engine.rows('COPY INTO t FROM @s/deep/')).toEqual([['deep/c d.csv', '1', '0', null, null]]);
    expect(await engine.rows('COPY INTO t FROM @s PURGE = TRUE')).toEqual([
      ['a.csv', '2', '0', null, null],
      ['b.csv', '1', '0', null, null],
    ]);
    expect(server.keys('lake')).toEqual(['in/deep/c d.csv']);
    await engine.rows('REMOVE @s/deep/');
    expect(server.keys('lake')).toEqual([]);
    expect(await engine.rows('SELECT count(*) FROM t')).toEqual([['4']]);
  });

  test('keep the values of their connection, which may be replaced or dropped', async () => {
    await engine.rows(`CREATE OR REPLACE STAGE s URL = 's3://lake/in/' CONNECTION = (CONNECTION_NAME = 'lake')`);
    await engine.rows(`CREATE OR REPLACE CONNECTION lake STORAGE_TYPE = 's3' REGION = 'x'; DROP CONNECTION lake`);
    expect((await engine.rows('LIST @s')).length).toBe(3);
  });

  test('are shown with their keys masked', async () => {
    await engine.rows(`CREATE OR REPLACE STAGE s URL = 's3://lake/in/' CONNECTION = (${keys()} MASTER_KEY = 'm')`);
    const [row] = await engine.rows(
      "SELECT storage_type, url, endpoint, has_credentials, has_encryption_key, storage_params FROM system.stages WHERE name = 's'",
    );
    expect(row?.slice(0, 5)).toEqual(['s3', 's3://lake/in/', server.endpoint, true, true]);
    expect(JSON.parse(String(row?.[5]))).toEqual({
      access_key_id: 'AK***ST',
      bucket: 'lake',
      enable_virtual_host_style: false,
      endpoint_url: server.endpoint,
      external_id: '',
      master_key: '***',
      network_config: null,
      region: '',
      role_arn: '',
      root: '/in/',
      secret_access_key: 'wJ***ET',
      security_token: '',
      storage_class: 'Standard',
      type: 'S3',
    });
  });

  test('refuse what does not fit, and find out wrong keys when they are used', async () => {
    const refused = [
      [
        `'s3://lake/in'`,
        '',
        4000,
        "invalid input parameter (path in URL must end with '/' when CREATE STAGE. Got '/in'.)",
      ],
      [
        `'s3://lake/'`,
        `CONNECTION_NAME = 'none'`,
        1006,
        "fail to get connection_name none: Connection 'none' does not exist.",
      ],
      [
        `'s3://lake/'`,
        `CONNECTION_NAME = 'lake' REGION = 'x'`,
        4000,
        'connection_name can not be used with other connection options',
      ],
      [
        `'https://x/'`,
        `CONNECTION_NAME = 'lake'`,
        4000,
        'protocol from connection_name=lake (s3) not match with uri protocol (https).',
      ],
      [
        `'s3://lake/'`,
        `ACCESS_KEY_ID = 'a'`,
        2002,
        'Input storage config for stage is invalid: secret_access_key is missing',
      ],
    ] as const;
    for (const [url, connection, code, message] of refused) {
      expect(await error(`CREATE STAGE bad URL = ${url} CONNECTION = (${connection})`)).toMatchObject({
        code,
        message,
      });
    }
    await engine.rows(
      `CREATE OR REPLACE STAGE s URL = 's3://lake/in/' CONNECTION = (ACCESS_KEY_ID = '<AWS_ACCESS_KEY_ID>' SECRET_ACCESS_KEY = '<x>' ENDPOINT_URL = '${server.endpoint}')`,
    );
    expect(await error('LIST @s')).toMatchObject({
      code: 3002,
      message:
        "InvalidAccessKeyId (HTTP 403) from bucket 'lake': The AWS Access Key Id you provided does not exist in our records.",
    });
  });

  test('take other keys by ALTER STAGE, an internal one takes none', async () => {
    await engine.rows(
      `CREATE OR REPLACE STAGE s URL = 's3://lake/in/' CONNECTION = (ENDPOINT_URL = '${server.endpoint}')`,
    );
    expect(await error('LIST @s')).toMatchObject({ code: 3002 });
    await engine.rows(`ALTER STAGE s SET URL = 's3://lake/in/deep/' CONNECTION = (CONNECTION_NAME = 'lake')`);
    expect((await engine.rows('LIST @s')).map(([name]) => name)).toEqual(['c d.csv']);
    await engine.rows('CREATE OR REPLACE STAGE inside');
    expect(await error(`ALTER STAGE inside SET URL = 's3://lake/'`)).toMatchObject({
      code: 1006,
      message: 'Stage inside is not external, LOCATION/URL can only be set for external stages',
    });
  });

  test('a public bucket wants no connection', async () => {
    server.put('open', 'x.csv', '7\n');
    await engine.rows(
      `CREATE OR REPLACE STAGE s URL = 's3://open' CONNECTION = (ENDPOINT_URL = '${server.endpoint}') FILE_FORMAT = (TYPE = CSV)`,
    );
    expect(await engine.rows('SELECT $1 FROM @s')).toEqual([['7']]);
    expect(await error('REMOVE @s')).toMatchObject({ code: 3002 });
  });
});

describe('bare locations', () => {
  beforeEach(async () => {
    await engine.rows(`CREATE OR REPLACE CONNECTION lake STORAGE_TYPE = 's3' ${keys()}`);
  });

  test('a file is named from its bucket, files of a folder from there', async () => {
    await engine.rows('CREATE OR REPLACE TABLE t (a INT, b STRING)');
    const connection = `CONNECTION = (${keys().replace(/(?<=') (?=[SE])/g, ', ')})`;
    expect(await engine.rows(`COPY INTO t FROM 's3://lake/in/a.csv' ${connection} FILE_FORMAT = (TYPE = CSV)`)).toEqual(
      [['in/a.csv', '2', '0', null, null]],
    );
    expect(
      await engine.rows(
        `COPY INTO t FROM 's3://lake/in/deep/' CONNECTION = (CONNECTION_NAME = 'lake') FILE_FORMAT = (TYPE = CSV)`,
      ),
    ).toEqual([['c d.csv', '1', '0', null, null]]);
    const select = `SELECT $1, metadata$filename FROM 's3://lake/in/deep/c%20d.csv' (FILE_FORMAT => 'csv', CONNECTION => (CONNECTION_NAME = 'lake'))`;
    expect(await engine.rows(select)).toEqual([['4', 'in/deep/c d.csv']]);
    const infer = `SELECT column_name, type FROM infer_schema(location => 's3://lake/in/a.csv', connection_name => 'lake', file_format => 'csv')`;
    expect(await engine.rows(infer)).toEqual([
      ['column_1', 'BIGINT'],
      ['column_2', 'VARCHAR'],
    ]);
  });

  test('a file that may be read and not listed is read where it is named', async () => {
    const reader = `CONNECTION => (ACCESS_KEY_ID = 'READER', SECRET_ACCESS_KEY = 'reader', ENDPOINT_URL = '${server.endpoint}')`;
    const select = (path: string) => `SELECT $2 FROM 's3://lake/in/${path}' (FILE_FORMAT => 'csv', ${reader})`;
    expect(await engine.rows(select('b.csv'))).toEqual([['three']]);
    expect(await error(select('none.csv'))).toMatchObject({
      code: 3002,
      hint: hint('policyOf', 's3:ListBucket', 'arn:aws:s3:::lake'),
      span: { start: 15, end: 38 },
    });
  });

  test('a view or a task must not hold keys', async () => {
    const sql = (connection: string) =>
      `CREATE OR REPLACE VIEW v AS SELECT $1 FROM 's3://lake/in/' (FILE_FORMAT => 'csv', CONNECTION => (${connection}))`;
    expect(await error(sql(keys()))).toMatchObject({
      code: 1006,
      message: expect.stringContaining('must not hold keys'),
    });
    await engine.rows(sql(`CONNECTION_NAME = 'lake'`));
    expect(await engine.rows('SELECT count(*) FROM v')).toEqual([['4']]);
    const task = `CREATE TASK k WAREHOUSE = 'w' SCHEDULE = 1 MINUTE AS COPY INTO t FROM 's3://lake/in/' CONNECTION = (${keys()})`;
    expect(await error(task)).toMatchObject({
      code: 1006,
      message: expect.stringContaining('a task must not hold keys'),
    });
  });
});

test('rows unloaded onto a stage of a bucket by partitions come back as they were', async () => {
  await engine.rows(`CREATE OR REPLACE STAGE out URL = 's3://lake/out/' CONNECTION = (${keys()});
    CREATE OR REPLACE TABLE trips (id INT, city STRING, fare DECIMAL(8, 2), at TIMESTAMP NULL);
    INSERT INTO trips SELECT number, concat('c', to_string(number % 3)), number / 100,
      if(number % 5 = 0, NULL, '2025-01-01 00:00:00.5'::TIMESTAMP) FROM numbers(4000)`);
  await engine.rows(
    `COPY INTO @out/trips FROM trips PARTITION BY (concat('city=', city)) FILE_FORMAT = (TYPE = PARQUET)`,
  );
  const listed = await engine.rows('LIST @out/trips');
  const folders = new Set(listed.map(([name]) => String(name).replace(/[^/]*$/, '')));
  expect([...folders].sort()).toEqual(['trips/city=c0/', 'trips/city=c1/', 'trips/city=c2/']);
  const loaded = await engine.rows(`CREATE OR REPLACE TABLE back LIKE trips;
    COPY INTO back FROM @out/trips PATTERN = '.*[.]parquet' FILE_FORMAT = (TYPE = PARQUET);
    SELECT count(*) FROM back`);
  expect(loaded).toEqual([['4000']]);
  const all = (table: string) => engine.rows(`SELECT * FROM ${table} ORDER BY id`);
  expect(await all('back')).toEqual(await all('trips'));
  expect(await engine.rows(`SELECT count(*) FROM @out/trips/city=c1/`)).toEqual([['1333']]);
});

describe('PRESIGN', () => {
  test('gives links by which others put and get a file, until they expire', async () => {
    await engine.rows(`CREATE OR REPLACE STAGE s URL = 's3://lake/out/' CONNECTION = (${keys()})`);
    const [put] = await engine.rows(`PRESIGN UPLOAD @s/new/x.csv CONTENT_TYPE = 'text/csv' EXPIRE = 60`);
    expect(put?.slice(0, 2)).toEqual(['PUT', '{"content-type":"text/csv"}']);
    const headers = { 'content-type': 'text/csv' };
    expect((await fetch(String(put?.[2]), { method: 'PUT', body: '9\n', headers })).status).toBe(200);
    const [get] = await engine.rows('PRESIGN @s/new/x.csv');
    expect(get?.slice(0, 2)).toEqual(['GET', '{}']);
    expect(new URL(String(get?.[2])).searchParams.get('X-Amz-Expires')).toBe('3600');
    expect(await (await fetch(String(get?.[2]))).text()).toBe('9\n');
    expect(await error('PRESIGN @s/x EXPIRE = 700000')).toMatchObject({ code: 1006 });
  });

  test('knows no links to files of the warehouse', async () => {
    await engine.rows('CREATE OR REPLACE STAGE inside');
    expect(await error('PRESIGN @inside/x')).toMatchObject({
      code: 3902,
      message: "storage doesn't support presign operation",
    });
    expect(await error(`PRESIGN 's3://lake/x'`)).toMatchObject({
      code: 1005,
      message: 'expect stage location, got uri location',
    });
  });
});

describe('secrets', () => {
  test('a task that runs where its keys are not says what to do', async () => {
    await engine.rows(`CREATE OR REPLACE CONNECTION lake STORAGE_TYPE = 's3' ${keys()};
      CREATE OR REPLACE STAGE named URL = 's3://lake/in/' CONNECTION = (CONNECTION_NAME = 'lake');
      CREATE OR REPLACE TABLE loaded (n INT, word STRING);
      CREATE TASK load SCHEDULE = 1 MINUTE AS COPY INTO loaded FROM @named FILES = ('a.csv') FILE_FORMAT = (TYPE = CSV)`);
    const history = "SELECT state, exception_text FROM TASK_HISTORY(TASK_NAME => 'load', RESULT_LIMIT => 1)";
    const other = await openWith(memorySecrets());
    await other.rows('EXECUTE TASK load');
    const [[state, text] = []] = await other.rows(history);
    expect(state).toBe('FAILED');
    expect(text).toContain("the keys of stage 'named' are not known here: ");
    expect(text).toContain('Give them again: CREATE OR REPLACE CONNECTION lake … – or keep keys in this browser');
    const sharing = await openWith(secrets);
    await sharing.rows('EXECUTE TASK load');
    expect((await sharing.rows(history))[0]?.[0]).toBe('SUCCEEDED');
    expect(await sharing.rows('SELECT count(*) FROM loaded')).toEqual([['2']]);
  });

  test('never enter the warehouse, and are asked for where they are not known', async () => {
    await engine.rows(`CREATE OR REPLACE CONNECTION lake STORAGE_TYPE = 's3' ${keys()}`);
    await engine.rows(`CREATE OR REPLACE STAGE named URL = 's3://lake/in/' CONNECTION = (CONNECTION_NAME = 'lake')`);
    await engine.rows(`CREATE OR REPLACE STAGE inline URL = 's3://lake/in/' CONNECTION = (${keys()})`);
    const text = await warehouseText();
    expect([text.includes('secret_access_key'), text.includes(SECRET), text.includes(TEST_KEY.id)]).toEqual([
      true,
      false,
      false,
    ]);

    const other = await openWith(memorySecrets());
    expect(await other.rows('DESC CONNECTION lake')).toEqual([
      ['lake', 's3', `access_key_id=*** endpoint_url=ht***${String(server.port).slice(-2)} secret_access_key=***`],
    ]);
    expect(await error('LIST @named', other)).toMatchObject({
      code: 3002,
      message: "the keys of stage 'named' are not known here: access_key_id, secret_access_key",
      hint: hint('keysAgain', 'CREATE OR REPLACE CONNECTION lake …'),
    });
    expect(await error('LIST @inline', other)).toMatchObject({
      hint: hint('keysAgain', "ALTER STAGE inline SET URL = 's3://lake/in/' CONNECTION = (…)"),
    });
    expect(
      await error(`CREATE STAGE s2 URL = 's3://lake/' CONNECTION = (CONNECTION_NAME = 'lake')`, other),
    ).toMatchObject({
      message: "the keys of connection 'lake' are not known here: access_key_id, secret_access_key",
    });
    await other.rows(`CREATE OR REPLACE CONNECTION lake STORAGE_TYPE = 's3' ${keys()}`);
    expect((await other.rows('LIST @named')).length).toBe(3);
  });
});
