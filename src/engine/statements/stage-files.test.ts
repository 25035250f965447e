import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlError } from '../base/errors.ts';
import { type TestEngine, testEngine } from '../test/engine.ts';

const disk = mkdtempSync(join(tmpdir(), 'boathouse-stage-'));
let engine: TestEngine;

beforeAll(async () => {
  engine = await testEngine();
  await engine.rows('CREATE STAGE s FILE_FORMAT = (TYPE = CSV)');
}, 120_000);

afterAll(() => rmSync(disk, { recursive: true }));

const write = (name: string, bytes: Uint8Array | string) => writeFileSync(join(disk, name), bytes);
const names = async (location: string) =>
  (await engine.rows(`SELECT name FROM list_stage(location => '${location}') ORDER BY name`)).flat();

test('PUT copies what a glob matches into a folder of a stage', async () => {
  write('a1.csv', '1,x\n');
  write('a2.csv', '2,y\n');
  write('b.txt', 'no');
  expect(await engine.rows(`PUT fs://${disk}/a*.csv @s/in`)).toEqual([
    ['a1.csv', 'SUCCESS', '4'],
    ['a2.csv', 'SUCCESS', '4'],
  ]);
  expect(await names('@s')).toEqual(['in/a1.csv', 'in/a2.csv']);
  const listed = await engine.rows("LIST @s/in/ PATTERN = 'a1.*'");
  expect(listed).toEqual([['in/a1.csv', '4', expect.anything(), expect.stringMatching(/^\d{4}-/), null]]);
});

test('GET copies them out again', async () => {
  const out = join(disk, 'out');
  expect(await engine.rows(`GET @s/in/ fs://${out}/`)).toEqual([
    ['a1.csv', 'SUCCESS', '4'],
    ['a2.csv', 'SUCCESS', '4'],
  ]);
  expect(readFileSync(join(out, 'a2.csv'), 'utf8')).toBe('2,y\n');
  const missing = await engine.rows(`GET @s/nothing/ fs://${out}/`).catch(({ code }: SqlError) => code);
  expect(missing).toBe(3001);
});

test('PUT and GET find a place that only quotes can hold', async () => {
  await engine.rows(`CREATE STAGE "my stage"; PUT fs://${disk}/a1.csv '@my stage/it''s (a), b/'`);
  expect((await engine.rows('LIST @my\\ stage/it')).map(([name]) => name)).toEqual(["it's (a), b/a1.csv"]);
  expect(await engine.rows(`GET '@my stage/it''s (a), b/a1.csv' fs://${disk}/quoted/`)).toEqual([
    ['a1.csv', 'SUCCESS', '4'],
  ]);
  expect(await engine.rows(`GET fs://${disk}/a fs://${disk}/b`).catch(({ code }: SqlError) => code)).toBe(1005);
});

test('a listing begins behind a file and ends with so many', async () => {
  for (const name of ['p1.csv', 'p2.csv', 'p3.csv', 'p4.csv']) {
    write(name, '1\n');
    await engine.rows(`PUT fs://${disk}/${name} @s/parts/`);
  }
  const part = (more: string) => engine.rows(`SELECT name FROM list_stage(location => '@s/parts/', ${more})`);
  expect(await part("start_after => 'parts/p1.csv', max_file_count => 2")).toEqual([
    ['parts/p2.csv'],
    ['parts/p3.csv'],
  ]);
  expect(await part("start_after => 'parts/p3'")).toEqual([['parts/p3.csv'], ['parts/p4.csv']]);
  await engine.rows('REMOVE @s/parts/');
});

test('a percent sign that is no escape stands for itself', async () => {
  write('100% a%41.csv', '1,x\n');
  write('aA.csv', '2,y\n');
  expect(await engine.rows(`PUT 'fs://${disk}/100% a%2541.csv' @s/percent/`)).toEqual([
    ['100% a%41.csv', 'SUCCESS', '4'],
  ]);
  expect(await engine.rows(`SELECT $1, $2 FROM 'fs://${disk}/a%41.csv' (FILE_FORMAT => 'CSV')`)).toEqual([['2', 'y']]);
  await engine.rows('REMOVE @s/percent/');
});

test("each user's own stage needs no name", async () => {
  await engine.rows(`PUT fs://${disk}/a1.csv @~/mine/`);
  expect(await engine.rows("SELECT name FROM list_stage(location => '@~')")).toEqual([['mine/a1.csv']]);
  await engine.rows('CREATE TABLE own (a INT, b VARCHAR)');
  expect(await engine.rows('COPY INTO own FROM @~/mine/ FILE_FORMAT = (TYPE = CSV)')).toEqual([
    ['mine/a1.csv', '1', '0', null, null],
  ]);
  await engine.rows('REMOVE @~/mine/');
  expect(await names('@~')).toEqual([]);
});

test('REMOVE takes what the prefix and the pattern select', async () => {
  await engine.rows("REMOVE @s/in/ PATTERN = '.*2[.]csv'");
  expect(await names('@s')).toEqual(['in/a1.csv']);
  await engine.rows('REMOVE @s/i');
  expect(await names('@s')).toEqual([]);
});

test('DROP STAGE deletes the files of a stage of ours, and no others', async () => {
  await engine.rows(`CREATE STAGE ours; PUT fs://${disk}/a1.csv @ours; DROP STAGE ours; CREATE STAGE ours`);
  expect(await names('@ours')).toEqual([]);
  await engine.rows(`CREATE STAGE theirs URL = 'fs://${disk}/'; DROP STAGE theirs`);
  expect(existsSync(join(disk, 'a1.csv'))).toBe(true);
});

test('each kind of compression is told by the name of the file, or said', async () => {
  const zstd = Buffer.from('KLUv/QRYOQAAMyx6c3RkCiMPgXI=', 'base64');
  const bzip2 = Buffer.from('QlpoOTFBWSZTWU1ReGEAAAFZgAAQAAQEABAAABAgACGGgZoMU3F3JFOFCQTVF4YQ', 'base64');
  const xz = '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAENSx4egoAAAAA1Qyz6FIXFb4AAR0FuC2Arx+2830BAAAAAARZWg==';
  const packed: Readonly<Record<string, Uint8Array | string>> = {
    '1.csv': '1,plain\n',
    '2.csv.gz': gzipSync('2,gzip\n'),
    '3.csv.zst': zstd,
    '4.csv.bz2': bzip2,
    '5.csv.xz': Buffer.from(xz, 'base64'),
    '6.csv.deflate': deflateRawSync('6,deflate\n'),
    '7.csv.zl': deflateSync('7,zlib\n'),
  };
  for (const [name, bytes] of Object.entries(packed)) write(`packed-${name}`, bytes);
  await engine.rows(`PUT fs://${disk}/packed-* @s/packed/; CREATE TABLE packed (a INT, b VARCHAR)`);
  await engine.rows('COPY INTO packed FROM @s/packed/ FILE_FORMAT = (TYPE = CSV COMPRESSION = AUTO)');
  expect(await engine.rows('SELECT b FROM packed ORDER BY a')).toEqual(
    ['plain', 'gzip', 'zstd', 'bz', 'xz', 'deflate', 'zlib'].map((kind) => [kind]),
  );
  await engine.rows('TRUNCATE TABLE packed');
  const wrong = 'COPY INTO packed FROM @s/packed/packed-3.csv.zst FILE_FORMAT = (TYPE = CSV COMPRESSION = GZIP)';
  expect(await engine.rows(wrong).catch(({ code }: SqlError) => code)).toBe(1076);
  await engine.rows(wrong.replace('GZIP', 'ZSTD'));
  expect(await engine.rows('SELECT * FROM packed')).toEqual([['3', 'zstd']]);
});

test('a wrong quote in JSON ends the field, as the reference shows it', async () => {
  write('cars.csv', '1,"{\\"carTypeId": 10}"\n2,"{\\"carTypeId\\": 20}"\n3,"{""carTypeId"": 30}"\n');
  await engine.rows(`PUT fs://${disk}/cars.csv @s/json/; CREATE TABLE cars (id INT, car VARIANT)`);
  const copy = (option: string) =>
    `COPY INTO cars FROM @s/json/ FILE_FORMAT = (TYPE = CSV ${option}) ON_ERROR = CONTINUE FORCE = TRUE`;
  const [escaped] = await engine.rows(copy("ESCAPE = '\\\\'"));
  expect(escaped?.slice(0, 3)).toEqual(['json/cars.csv', '2', '1']);
  expect(await engine.rows("SELECT id, car['carTypeId'] FROM cars ORDER BY id")).toEqual([
    ['2', '20'],
    ['3', '30'],
  ]);
});
