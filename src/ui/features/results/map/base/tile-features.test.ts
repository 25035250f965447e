import { expect, test } from 'vitest';
import { vectorTileBytes } from '../../../../../../e2e/pmtiles.ts';
import { attributionOf } from '../../../../data/tile-archive.ts';
import { readTile } from './tile-features.ts';

const EAST = { z: 1, x: 1, y: 0 };
const line = [
  [0, 0],
  [4096, 4096],
] as const;

test('layers of the usual schemas are told by their names and kinds', () => {
  const bytes = vectorTileBytes([
    { name: 'roads', kind: 'line', properties: { kind: 'major_road' }, points: line },
    { name: 'transportation', kind: 'line', properties: { class: 'path' }, points: line },
    { name: 'streets', kind: 'line', properties: { kind: 'residential' }, points: line },
    { name: 'water', kind: 'area', properties: {}, points: [...line, [0, 4096]] },
    { name: 'landuse', kind: 'area', properties: { class: 'industrial' }, points: [...line, [0, 4096]] },
    { name: 'boundaries', kind: 'line', properties: {}, points: line },
  ]);
  expect(readTile(bytes, EAST, []).shapes.map(({ ground, isArea }) => [ground, isArea])).toEqual([
    ['avenue', false],
    ['lane', false],
    ['street', false],
    ['water', true],
    ['border', false],
  ]);
});

test('places are shares of the tile, even in latitudes', () => {
  const road = { name: 'roads', kind: 'line', properties: {}, points: [...line, [2048, 2048]] } as const;
  const [shape] = readTile(vectorTileBytes([road]), EAST, []).shapes;
  const [x, y] = [...(shape?.lines[0] ?? [])].slice(4);
  expect([...(shape?.lines[0] ?? [])].slice(0, 4)).toEqual([0, 0, 1, 1]);
  expect(x).toBe(0.5);
  expect(y).toBeCloseTo((85.0511 - 66.5133) / 85.0511, 4);
});

test('a label has its name in the language that is shown, else its own', () => {
  const place = (name: string) => {
    const properties = { name, 'name:zh': '深圳' };
    return vectorTileBytes([{ name: 'places', kind: 'point', properties, points: [[1024, 4096]] }]);
  };
  const namesFor = (...languages: string[]) => readTile(place('Shenzhen'), EAST, languages).labels;
  expect(namesFor('zh-Hans', 'zh')).toEqual([{ name: '深圳', at: [0.25, 1] }]);
  expect(namesFor('en')).toEqual([{ name: 'Shenzhen', at: [0.25, 1] }]);
});

test('an attribution loses its links and keeps its words', () => {
  const attribution = '<a href="https://www.openstreetmap.org">&copy; OpenStreetMap</a>  contributors';
  expect(attributionOf({ attribution })).toBe('© OpenStreetMap contributors');
  expect(attributionOf({})).toBe('');
  expect(attributionOf(null)).toBe('');
});
