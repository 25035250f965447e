import { expect, test } from 'vitest';
import type { TileId } from '../../../../data/tile-archive.ts';
import { tileCache } from './tile-cache.ts';

const [HERE, THERE]: readonly TileId[] = [
  { z: 3, x: 1, y: 1 },
  { z: 3, x: 2, y: 1 },
];

test('a tile that failed is asked for again once the map was moved, and its error goes when it comes', async () => {
  const asked: (number | undefined)[] = [];
  const errors: unknown[] = [];
  let isDown = true;
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  const tiles = tileCache({
    read: async ({ x }) => {
      asked.push(x);
      if (isDown) throw new Error('the network is away');
      return { kind: 'Vector', paths: [], labels: [] };
    },
    onTile: () => {},
    onError: (error) => errors.push(error),
  });
  const want = async (...ids: readonly (TileId | undefined)[]) => {
    tiles.want(ids.filter((id) => id !== undefined));
    await settled();
  };
  await want(HERE);
  await want(HERE);
  expect([asked, errors]).toEqual([[1], [new Error('the network is away')]]);
  isDown = false;
  await want(HERE, THERE);
  expect([asked, errors.at(-1)]).toEqual([[1, 1, 2], undefined]);
  await want(THERE);
  expect(asked).toEqual([1, 1, 2]);
});
