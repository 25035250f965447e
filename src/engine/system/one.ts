import { defineTable } from './table.ts';

export const oneTable = defineTable({ name: 'one', columns: { dummy: 'UInt8' }, rows: () => [{ dummy: 1 }] });
