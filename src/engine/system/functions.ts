import type { FunctionSpec } from '../functions/function.ts';
import { defineTable } from './table.ts';

export const functionsTable = defineTable({
  name: 'functions',
  columns: { name: 'String', is_aggregate: 'Boolean', description: 'String', syntax: 'String', example: 'String' },
  rows: ({ functions }) =>
    functions.all
      .flatMap((spec) => [spec.name, ...(spec.aliases ?? [])].map((name) => functionRow(name, spec)))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
});

function functionRow(name: string, { kind, doc, overloads, examples }: FunctionSpec) {
  const signatures = overloads.map(({ args }) => `${name.toUpperCase()}(${args.join(', ')})`);
  return {
    name,
    is_aggregate: kind === 'aggregate',
    description: doc,
    syntax: [...new Set(signatures)].join('\n'),
    example: examples.map(([call]) => call).join('\n'),
  };
}

export const tableFunctionsTable = defineTable({
  name: 'table_functions',
  columns: { name: 'String' },
  rows: ({ tableFunctions }) => [...tableFunctions].sort().map((name) => ({ name })),
});
