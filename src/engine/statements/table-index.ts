import { SqlError } from '../base/errors.ts';
import { TOKEN_FILTERS } from '../kernels/search/analyze.ts';
import { printName, printString } from '../sql/print-name.ts';
import { engineTypeName, type SqlType } from '../types/type.ts';
import type { TableColumn, TableIndexRecord } from '../warehouse/object.ts';
import { optionRecord } from './options.ts';
import type { ColumnIndexType, TableIndex } from './syntax/table-index.ts';

interface IndexRule {
  readonly types: readonly SqlType['kind'][];
  /** The values that an option may have. */
  readonly options: Readonly<Record<string, (value: string) => boolean>>;
  readonly required?: string;
}

const oneOf =
  (...values: string[]) =>
  (value: string) =>
    values.includes(value);
const listOf =
  (...values: string[]) =>
  (value: string) =>
    value.split(',').every((item) => values.includes(item.trim()));
const atLeast = (least: number) => (value: string) => /^\d+$/.test(value) && Number(value) >= least;

const RULES: { readonly [Type in ColumnIndexType]: IndexRule } = {
  INVERTED: {
    types: ['String', 'Variant'],
    options: {
      tokenizer: oneOf('english', 'chinese'),
      filters: listOf(...TOKEN_FILTERS),
      index_record: oneOf('position', 'freq', 'basic'),
    },
  },
  NGRAM: { types: ['String', 'Variant'], options: { gram_size: atLeast(1), bloom_size: atLeast(1) } },
  VECTOR: {
    types: ['Vector'],
    options: { distance: listOf('cosine', 'l1', 'l2'), m: atLeast(1), ef_construct: atLeast(40) },
    required: 'distance',
  },
  SPATIAL: { types: ['Geometry', 'Geography'], options: {} },
};

/** An index as the table keeps it. Throws UnsupportedIndex where its columns or options are none for its type. */
export function declaredIndex(index: TableIndex, columns: readonly TableColumn[], now: number): TableIndexRecord {
  const { type, isAsync, name, span } = index;
  const rule = RULES[type];
  const options = optionRecord(index.options);
  for (const [option, value] of Object.entries(options)) {
    if (rule.options[option]?.(value) === true) continue;
    throw new SqlError('UnsupportedIndex', `the option ${option} = '${value}' is none of ${type} INDEX`, { span });
  }
  if (rule.required !== undefined && options[rule.required] === undefined)
    throw new SqlError('UnsupportedIndex', `${type} INDEX wants the option ${rule.required}`, { span });
  const names = index.columns.map((column) => {
    const found = columns.find((one) => one.name === column.name);
    if (!found) throw new SqlError('UnknownColumn', `Cannot find column ${column.name}`, { span: column.span });
    if (rule.types.includes(found.type.kind)) return found.name;
    throw new SqlError(
      'UnsupportedIndex',
      `${type} index does not support column ${found.name} of type ${engineTypeName(found.type)}`,
      { span: column.span },
    );
  });
  return { type, name: name.name, columns: names, options, isAsync, createdOn: now };
}

/** The indexes with one more. A column can be in one inverted index only. */
export function withIndex(
  indexes: readonly TableIndexRecord[],
  added: TableIndexRecord,
  span: TableIndex['span'],
): readonly TableIndexRecord[] {
  if (indexes.some(({ name }) => name === added.name))
    throw new SqlError('IndexAlreadyExists', `index '${added.name}' already exists`, { span });
  const other = indexes.find(
    ({ type, columns }) => type === added.type && columns.some((column) => added.columns.includes(column)),
  );
  if (other && added.type !== 'AGGREGATING') {
    const message = `a column of ${added.type} INDEX ${added.name} is in the index ${other.name} already`;
    throw new SqlError('UnsupportedIndex', message, { span });
  }
  return [...indexes, added];
}

/** `SYNC INVERTED INDEX idx (a) tokenizer = 'chinese'` */
export function indexText({ type, isAsync, name, columns, options }: TableIndexRecord): string {
  const names = columns.map(printName).join(', ');
  const head = `${isAsync ? 'ASYNC' : 'SYNC'} ${type} INDEX ${printName(name)} (${names})`;
  return [head, optionsOf(options)].filter(Boolean).join(' ');
}

function optionsOf(options: Readonly<Record<string, string>>): string {
  return Object.keys(options)
    .sort()
    .map((key) => `${key} = ${printString(options[key] ?? '')}`)
    .join(', ');
}
