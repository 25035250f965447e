import type { Span } from '../../base/errors.ts';
import { SqlError } from '../../base/errors.ts';
import type { Parser } from '../../sql/parser.ts';
import { printLocation, printString } from '../../sql/print-name.ts';
import { type StageLocation, words } from './clauses.ts';
import type { Head, StatementNode } from './head.ts';

export interface List extends StatementNode {
  readonly kind: 'List';
  readonly location: StageLocation;
  readonly pattern: string | undefined;
}

export interface Remove extends StatementNode {
  readonly kind: 'Remove';
  readonly location: StageLocation;
  readonly pattern: string | undefined;
}

/** A URL outside of the stages: `fs:///dir/*.csv`, `browser:///name`. */
export interface LocalUrl {
  readonly url: string;
  readonly span: Span;
}

export interface Put extends StatementNode {
  readonly kind: 'Put';
  readonly source: LocalUrl;
  readonly target: StageLocation;
}

export interface Get extends StatementNode {
  readonly kind: 'Get';
  readonly source: StageLocation;
  readonly target: LocalUrl;
}

export interface Presign extends StatementNode {
  readonly kind: 'Presign';
  readonly action: 'UPLOAD' | 'DOWNLOAD';
  readonly location: StageLocation;
  readonly expireSeconds: number | undefined;
  readonly contentType: string | undefined;
}

/** LIST @<stage>[/<path>] [PATTERN = '<regex>'] */
export function parseList(p: Parser, { start }: Head): List {
  return { kind: 'List', ...selection(p), span: p.spanFrom(start) };
}

/** REMOVE @<stage>[/<path>] [PATTERN = '<regex>'] */
export function parseRemove(p: Parser, { start }: Head): Remove {
  return { kind: 'Remove', ...selection(p), span: p.spanFrom(start) };
}

function selection(p: Parser): Pick<List, 'location' | 'pattern'> {
  const location = p.stagePath();
  return { location, pattern: p.accept('PATTERN =') ? p.string() : undefined };
}

export function printList(list: List): string {
  return `LIST ${printSelection(list)}`;
}

export function printRemove(remove: Remove): string {
  return `REMOVE ${printSelection(remove)}`;
}

function printSelection({ location, pattern }: Pick<List, 'location' | 'pattern'>): string {
  return words(printLocation(location), pattern !== undefined && `PATTERN = ${printString(pattern)}`);
}

/** PUT <url> {@<stage>[/<dir>/] | '@<stage>[/<dir>/]'} */
export function parsePut(p: Parser, { start }: Head): Put {
  const source = localUrl(p);
  return { kind: 'Put', source, target: stageLocation(p), span: p.spanFrom(start) };
}

export function printPut({ source, target }: Put): string {
  return `PUT ${printString(source.url)} ${printLocation(target)}`;
}

/** GET {@<stage>[/<path>] | '@<stage>[/<path>]'} <url> */
export function parseGet(p: Parser, { start }: Head): Get {
  const source = stageLocation(p);
  return { kind: 'Get', source, target: localUrl(p), span: p.spanFrom(start) };
}

export function printGet({ source, target }: Get): string {
  return `GET ${printLocation(source)} ${printString(target.url)}`;
}

/** A URL with quotes or without. */
function localUrl(p: Parser): LocalUrl {
  const token = p.acceptToken('Uri', 'location');
  if (token) return { url: token.text, span: { start: token.start, end: token.end } };
  const location = p.location();
  if (location.kind === 'UriLocation') return { url: location.uri, span: location.span };
  throw new SqlError('SyntaxException', 'expect uri location, got stage location', { span: location.span });
}

/** A stage path with quotes or without. */
function stageLocation(p: Parser): StageLocation {
  const location = p.location();
  if (location.kind === 'StageLocation') return location;
  throw new SqlError('SyntaxException', 'expect stage location, got uri location', { span: location.span });
}

/** PRESIGN [UPLOAD | DOWNLOAD] <location> [EXPIRE = <seconds> | CONTENT_TYPE = '<mime>']… */
export function parsePresign(p: Parser, { start }: Head): Presign {
  const action = p.acceptAny('UPLOAD', 'DOWNLOAD') ?? 'DOWNLOAD';
  const location = stageLocation(p);
  let expireSeconds: number | undefined;
  let contentType: string | undefined;
  for (let name = nextOption(p); name; name = nextOption(p)) {
    if (name === 'EXPIRE =') expireSeconds = p.integer();
    else contentType = p.string();
  }
  return { kind: 'Presign', action, location, expireSeconds, contentType, span: p.spanFrom(start) };
}

function nextOption(p: Parser): 'EXPIRE =' | 'CONTENT_TYPE =' | undefined {
  return p.acceptAny('EXPIRE =', 'CONTENT_TYPE =');
}

export function printPresign({ action, location, expireSeconds, contentType }: Presign): string {
  return words(
    `PRESIGN ${action} ${printLocation(location)}`,
    expireSeconds !== undefined && `EXPIRE = ${expireSeconds}`,
    contentType !== undefined && `CONTENT_TYPE = ${printString(contentType)}`,
  );
}
