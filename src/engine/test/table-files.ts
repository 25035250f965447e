import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDatabase, findTable } from '../warehouse/find.ts';
import { tableFolder } from '../warehouse/paths.ts';
import type { TestEngine } from './engine.ts';

/** The files of a table of the database `default` by their path in its folder; `warehouse` is the engine's on the disk. */
export function filesOfTable(engine: TestEngine, warehouse: string, table: string): Map<string, Uint8Array> {
  const state = engine.core.services.warehouse.state();
  const folder = join(warehouse, tableFolder(findTable(state, findDatabase(state, 'default'), table)));
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), new Uint8Array(readFileSync(path))];
    }),
  );
}
