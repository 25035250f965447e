import type { OptionSpec } from '../formats/format.ts';
import { FORMATS, findFormat } from '../formats/index.ts';
import { printString } from '../sql/print-name.ts';
import type { Token } from '../sql/token.ts';
import type { StatementContext } from '../statements/context.ts';
import { listObjects } from '../warehouse/find.ts';
import type { Completion, CompletionKind } from './answer.ts';
import type { Caret } from './caret.ts';

const BOOLEANS = ['TRUE', 'FALSE'];
const LOAD: { readonly [name: string]: readonly string[] } = {
  FILE_FORMAT: [],
  PATTERN: [],
  FILES: [],
  ON_ERROR: ['CONTINUE', 'ABORT', 'SKIP_FILE', 'SKIP_FILE_5', 'ABORT_5'],
  COLUMN_MATCH_MODE: ['CASE_SENSITIVE', 'CASE_INSENSITIVE', 'POSITION'],
  FORCE: BOOLEANS,
  PURGE: BOOLEANS,
  SIZE_LIMIT: [],
  MAX_FILES: [],
  DISABLE_VARIANT_CHECK: BOOLEANS,
  RETURN_FAILED_ONLY: BOOLEANS,
};
const UNLOAD: typeof LOAD = {
  FILE_FORMAT: [],
  SINGLE: BOOLEANS,
  MAX_FILE_SIZE: [],
  OVERWRITE: BOOLEANS,
  INCLUDE_QUERY_ID: BOOLEANS,
  USE_RAW_PATH: BOOLEANS,
  DETAILED_OUTPUT: BOOLEANS,
};
const STAGE: typeof LOAD = { URL: [], CONNECTION: [], FILE_FORMAT: [], COMMENT: [] };

/** Options, or the values of the one at the caret; undefined where none may stand. */
export function completeOptions(caret: Caret, ctx: StatementContext): readonly Completion[] | undefined {
  const before = caret.tokens.filter(({ end, kind }) => kind !== 'End' && end <= caret.span.start);
  const group = openGroup(before);
  const owner = before[group - 2]?.word;
  const isFormat = owner === 'FILE_FORMAT' || /^CREATE( OR REPLACE)? FILE FORMAT/.test(headOf(before));
  if (isFormat) return formatOptions(before.slice(Math.max(group, 0)), caret, ctx);
  if (group >= 0) return undefined;
  const options = optionsOf(before);
  return options && namesOrValues(options, before, caret);
}

function headOf(before: readonly Token[]): string {
  return before
    .slice(0, 6)
    .map(({ word }) => word)
    .join(' ');
}

/** The index of the innermost parenthesis that is still open; -1 if there is none. */
function openGroup(before: readonly Token[]): number {
  let depth = 0;
  return before.findLastIndex(({ word }) => {
    if (word === ')') depth++;
    return word === '(' && depth-- === 0;
  });
}

function optionsOf(before: readonly Token[]): typeof LOAD | undefined {
  const words = before.map(({ word }) => word);
  if (words[0] === 'CREATE' && words.slice(1, 5).includes('STAGE')) return words.length > 2 ? STAGE : undefined;
  if (words[0] !== 'COPY' || words[1] !== 'INTO') return undefined;
  const isSourceDone = words.lastIndexOf('FROM') > 0 && words.lastIndexOf('FROM') < words.length - 1;
  if (!isSourceDone) return undefined;
  return /^(At|String)$/.test(before[2]?.kind ?? '') ? UNLOAD : LOAD;
}

function namesOrValues(
  options: typeof LOAD,
  before: readonly Token[],
  caret: Caret,
): readonly Completion[] | undefined {
  if (before.at(-1)?.word === '=') {
    const values = options[before.at(-2)?.word ?? ''];
    return values && values.length > 0 ? values.map((value) => item(value, 'option', caret)) : undefined;
  }
  const written = new Set(before.map(({ word }) => word));
  return Object.keys(options)
    .filter((name) => !written.has(name))
    .map((name) => ({
      ...item(name, 'option', caret),
      insert: `${name} = ${name === 'FILE_FORMAT' ? '(TYPE = ' : ''}`,
    }));
}

/** Inside `FILE_FORMAT = (…)` and behind CREATE FILE FORMAT. */
function formatOptions(group: readonly Token[], caret: Caret, ctx: StatementContext): readonly Completion[] {
  const typed = group.findIndex(({ word }) => word === 'TYPE');
  const type = findFormat(group[typed + 2]?.word || (group[typed + 2]?.text ?? '').replaceAll("'", ''));
  const specs = type ? type.options : FORMATS.flatMap(({ options }) => options);
  const name = group.at(-1)?.word === '=' ? (group.at(-2)?.word ?? '') : '';
  if (name === 'TYPE')
    return FORMATS.map((format) => ({ ...item(format.name, 'format', caret), documentation: format.doc }));
  if (name === 'FORMAT_NAME') return formatNames(ctx).map((text) => item(printString(text), 'format', caret));
  const spec = specs.find((one) => one.name === name);
  if (spec) return valuesOf(spec).map((value) => item(value, 'option', caret));
  const written = new Set(group.map(({ word }) => word));
  const found = new Map(specs.filter((one) => !written.has(one.name)).map((one) => [one.name, one]));
  const first = written.has('TYPE') || written.has('FORMAT_NAME') ? [] : ['TYPE', 'FORMAT_NAME'];
  return [
    ...first.map((text) => ({ ...item(text, 'option', caret), insert: `${text} = ` })),
    ...[...found.values()].map((one) => ({
      ...item(one.name, 'option', caret),
      detail: String(one.default),
      documentation: one.doc,
      insert: `${one.name} = `,
    })),
  ];
}

function valuesOf({ accepts, values = [], default: value }: OptionSpec): readonly string[] {
  if (accepts === 'boolean') return BOOLEANS;
  if (accepts === 'number') return [String(value)];
  const words = values.length > 0 ? values : [String(value)];
  return accepts === 'text' ? words.map(printString) : words;
}

/** File formats that were created. */
export function formatNames(ctx: StatementContext): readonly string[] {
  return listObjects(ctx.catalog(), 'FileFormat').map(({ name }) => name);
}

function item(label: string, kind: CompletionKind, { span }: Caret): Completion {
  return { label, kind, detail: undefined, documentation: undefined, insert: label, span };
}
