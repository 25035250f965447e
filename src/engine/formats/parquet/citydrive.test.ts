import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { initParquetInNode, sharedData, sharedSource } from '../../test/parquet.ts';
import { cellReader } from '../../types/cell.ts';
import { showCell } from '../../types/show.ts';
import { typeName } from '../../types/type.ts';
import type { FileSource } from '../format.ts';
import { parquetFormat } from './format.ts';

beforeAll(initParquetInNode);

const signal = new AbortController().signal;
const format = { type: 'PARQUET', options: {} } as const;
const raw = sharedData('citydrive', 'raw');

function filesOf(folder: string): readonly FileSource[] {
  const paths = readdirSync(sharedData('citydrive', 'raw', folder).path, { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => path.endsWith('.parquet'))
    .toSorted()
    .map((path) => sharedSource('citydrive/raw', `${folder}/${path}`));
}

const typesOf = async (file: FileSource) =>
  (await parquetFormat.readSchema(file, format, signal)).map(({ name, type }) => `${name} ${typeName(type)}`);

/** A column of all files of an export, as texts. */
async function columnTexts(folder: string, column: string): Promise<(string | null)[]> {
  const texts: (string | null)[] = [];
  for (const file of filesOf(folder)) {
    const schema = await parquetFormat.readSchema(file, format, signal);
    const type = schema.find(({ name }) => name === column)?.type ?? { kind: 'Null' };
    const request = { format, columns: [column], predicates: [], limit: undefined };
    for await (const { batch } of parquetFormat.read(file, request, signal)) {
      const [data] = batch.data.children;
      const read = data ? cellReader(data, type) : () => null;
      for (let row = 0; row < batch.numRows; row++) {
        const cell = read(row);
        texts.push(cell === null ? null : showCell(cell, type, { timezone: 'UTC' }));
      }
    }
  }
  return texts;
}

const sum = (texts: readonly (string | null)[]) => texts.reduce((total, text) => total + Number(text ?? 0), 0);

describe.skipIf(!raw.present)('the CityDrive exports of several writers (skipped where the data is absent)', () => {
  test.each([
    ['videos', 'duration_sec', 96, 359_812],
    ['frame-events', 'speed_kmh', 3840, 233_628.03],
    ['traffic-lights', 'distance_m', 240, 9174.999],
  ])('%s sums %s as expected', async (folder, column, rows, total) => {
    const texts = await columnTexts(folder, column);
    expect(texts.length).toBe(rows);
    expect(sum(texts)).toBeCloseTo(total, 3);
  });

  test('missing risk scores are NULL', async () => {
    const risks = await columnTexts('frame-events', 'risk_score');
    expect(risks.filter((text) => text === null).length).toBe(106);
    expect(sum(risks)).toBeCloseTo(1875.35, 2);
  });

  test('a JSON column is VARIANT, a large or fixed list ARRAY, INT96 TIMESTAMP, a dictionary its values', async () => {
    const [plainJson, json] = filesOf('manifests');
    expect(plainJson && (await typesOf(plainJson))).toContain('meta_json VARCHAR');
    expect(json && (await typesOf(json))).toContain('meta_json VARIANT');
    const lists = await Promise.all(filesOf('frame-embeddings').slice(0, 4).map(typesOf));
    expect(lists.map((types) => types[3])).toEqual([
      'embedding ARRAY(FLOAT32)',
      'embedding ARRAY(FLOAT32)',
      'embedding ARRAY(FLOAT64)',
      'embedding ARRAY(FLOAT32)',
    ]);
    const times = await columnTexts('frame-events', 'collected_at');
    expect(times[0]).toBe('2025-01-01 08:00:00.000321');
    const withDictionary = filesOf('videos')[2];
    expect(withDictionary && (await typesOf(withDictionary))).toContain('weather VARCHAR');
  });
});
