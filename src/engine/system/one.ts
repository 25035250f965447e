import type { SystemTable } from './table.ts';

export const oneTable: SystemTable = {
  name: 'system.one',
  columns: [{ name: 'dummy', type: { kind: 'UInt8' }, nullable: false }],
  rows: () => [[0]],
};
