import type { StringLiteral, VariableRef } from './ast.ts';
import type { StagedFiles } from './ast-query.ts';
import { parseOptionSettings } from './parse-location.ts';
import type { Parser } from './parser.ts';

type Options = Pick<StagedFiles, 'location' | 'fileFormat' | 'pattern' | 'files'>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** `location [(FILE_FORMAT => 'csv', PATTERN => '…', FILES => ('a', 'b'), CONNECTION => (…))] [alias]` */
export function parseStagedFiles(p: Parser): StagedFiles {
  const { start } = p.token;
  const options: Mutable<Options> = {
    location: p.location(),
    fileFormat: undefined,
    pattern: undefined,
    files: undefined,
  };
  if (p.accept('(')) {
    while (!p.accept(')')) {
      stagedOption(p, options);
      p.accept(',');
    }
  }
  return { kind: 'StagedFiles', ...options, alias: p.tableAlias(), span: p.spanFrom(start) };
}

/** One option; what comes later wins. A connection belongs to URLs only. */
function stagedOption(p: Parser, options: Mutable<Options>): void {
  const { location } = options;
  const isUri = location.kind === 'UriLocation';
  const names = ['FILE_FORMAT =>', 'PATTERN =>', 'FILES =>', 'CASE_SENSITIVE =>'] as const;
  const name = isUri && p.accept('CONNECTION =>') ? 'CONNECTION =>' : p.expectAny(...names);
  if (name === 'FILE_FORMAT =>') {
    const { start } = p.token;
    options.fileFormat = { name: p.string(), span: p.spanFrom(start) };
  } else if (name === 'PATTERN =>') options.pattern = pattern(p);
  else if (name === 'FILES =>') options.files = p.parenthesized(() => (p.peek(')') ? [] : p.list(() => p.string())));
  else if (name === 'CASE_SENSITIVE =>') p.boolean();
  else if (isUri) options.location = { ...location, connection: parseOptionSettings(p, { sign: '=' }) };
}

/** A regular expression: a string, or a `$variable` that holds one. */
function pattern(p: Parser): StringLiteral | VariableRef {
  const { start, kind } = p.token;
  if (kind !== 'Variable') return { kind: 'StringLiteral', value: p.string(), span: p.spanFrom(start) };
  const name = p.advance().text.slice(1).toLowerCase();
  return { kind: 'VariableRef', name, span: p.spanFrom(start) };
}
