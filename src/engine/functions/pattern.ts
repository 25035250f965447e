import { SqlError } from '../base/errors.ts';
import { own } from '../base/own.ts';
import { autoCastCost, commonSuperType } from '../types/cast.ts';
import { arrayOf, isInteger, isNumeric, type PlainKind, plain, type SqlType, type TypeKind } from '../types/type.ts';
import type { TypePattern } from './function.ts';

/** A pattern of `function.ts`, parsed. */
export type Pattern =
  | { readonly kind: 'Exact'; readonly type: SqlType }
  /** Any type of these kinds, as it is; what is not is cast to `otherwise` where the rules allow. */
  | { readonly kind: 'OneOf'; readonly kinds: (type: SqlType) => boolean; readonly otherwise: SqlType | undefined }
  | { readonly kind: 'Generic'; readonly name: string }
  | { readonly kind: 'Array'; readonly element: Pattern }
  | { readonly kind: 'Map'; readonly key: Pattern; readonly value: Pattern }
  | { readonly kind: 'Lambda'; readonly params: readonly Pattern[]; readonly body: Pattern };

/** What the generics of one call stand for so far. */
export type Bindings = Map<string, SqlType>;

const cache = new Map<TypePattern, Pattern>();

export function parsePattern(text: TypePattern): Pattern {
  const known = cache.get(text);
  if (known) return known;
  const pattern = readPattern(text.trim());
  cache.set(text, pattern);
  return pattern;
}

const ofKind =
  (...kinds: TypeKind[]) =>
  (type: SqlType) =>
    kinds.includes(type.kind);

const CLASSES: { readonly [name: string]: Pattern } = {
  Any: { kind: 'OneOf', kinds: () => true, otherwise: undefined },
  Number: { kind: 'OneOf', kinds: isNumeric, otherwise: plain('Float64') },
  Integer: { kind: 'OneOf', kinds: isInteger, otherwise: plain('Int64') },
  Decimal: { kind: 'OneOf', kinds: ofKind('Decimal'), otherwise: undefined },
  Vector: { kind: 'OneOf', kinds: ofKind('Vector'), otherwise: undefined },
  Tuple: { kind: 'OneOf', kinds: ofKind('Tuple'), otherwise: undefined },
  Time: { kind: 'OneOf', kinds: ofKind('Date', 'Timestamp'), otherwise: plain('Timestamp') },
  Geo: { kind: 'OneOf', kinds: ofKind('Geometry', 'Geography'), otherwise: undefined },
};

function readPattern(text: string): Pattern {
  const lambda = /^\((.*)\)\s*->\s*(.+)$/.exec(text);
  if (lambda)
    return {
      kind: 'Lambda',
      params: splitList(lambda[1] ?? '').map(parsePattern),
      body: parsePattern(lambda[2] ?? ''),
    };
  const nested = /^(Array|Map)\((.*)\)$/.exec(text);
  if (nested) {
    const [first = 'Any', second = 'Any'] = splitList(nested[2] ?? '');
    if (nested[1] === 'Array') return { kind: 'Array', element: parsePattern(first) };
    return { kind: 'Map', key: parsePattern(first), value: parsePattern(second) };
  }
  const decimal = /^Decimal\((\d+),\s*(\d+)\)$/.exec(text);
  if (decimal)
    return { kind: 'Exact', type: { kind: 'Decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) } };
  if (/^[A-Z]$/.test(text)) return { kind: 'Generic', name: text };
  const known = own(CLASSES, text);
  if (known) return known;
  const type = plain(text as PlainKind);
  if (!type) throw new SqlError('Internal', `a function row names the type ${text}`);
  return { kind: 'Exact', type };
}

/** The parts of a list between commas that stand outside parentheses. */
export function splitList(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (i === text.length || (char === ',' && depth === 0)) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return parts.filter((part) => part !== '');
}

export interface Match {
  /** What the argument is cast to. Generics may widen further; `instantiate` gives the last word. */
  readonly type: SqlType;
  readonly cost: number;
}

/** How an argument's type meets a pattern; binds generics on the way. Undefined when it does not. */
export function matchPattern(pattern: Pattern, type: SqlType, bindings: Bindings): Match | undefined {
  switch (pattern.kind) {
    case 'Exact':
      return exactMatch(pattern.type, type);
    case 'OneOf':
      return classMatch(pattern, type);
    case 'Generic':
      return genericMatch(pattern.name, type, bindings);
    case 'Array':
      return arrayMatch(pattern.element, type, bindings);
    case 'Map':
      return mapMatch(pattern, type, bindings);
    default:
      // Lambdas are matched by the binder, which knows their bodies.
      return undefined;
  }
}

function exactMatch(wanted: SqlType, type: SqlType): Match | undefined {
  const cost = autoCastCost(type, wanted);
  return cost === undefined ? undefined : { type: wanted, cost };
}

function classMatch(pattern: Pattern & { kind: 'OneOf' }, type: SqlType): Match | undefined {
  if (type.kind !== 'Null' && pattern.kinds(type)) return { type, cost: 0 };
  if (!pattern.otherwise) return type.kind === 'Null' ? { type, cost: 1 } : undefined;
  return exactMatch(pattern.otherwise, type);
}

function genericMatch(name: string, type: SqlType, bindings: Bindings): Match | undefined {
  const bound = bindings.get(name);
  const common = bound ? commonSuperType(bound, type) : type;
  if (!common) return undefined;
  bindings.set(name, common);
  return { type: common, cost: bound && common !== bound ? 1 : 0 };
}

function arrayMatch(element: Pattern, type: SqlType, bindings: Bindings): Match | undefined {
  if (type.kind === 'Null') return { type: arrayOf(plain('Null')), cost: 1 };
  const inner = type.kind === 'Vector' ? plain('Float32') : type.kind === 'Array' ? type.element : undefined;
  const match = inner && matchPattern(element, inner, bindings);
  return match && { type: arrayOf(match.type), cost: match.cost + (type.kind === 'Vector' ? 5 : 0) };
}

function mapMatch(pattern: Pattern & { kind: 'Map' }, type: SqlType, bindings: Bindings): Match | undefined {
  if (type.kind !== 'Map') return undefined;
  const key = matchPattern(pattern.key, type.key, bindings);
  const value = matchPattern(pattern.value, type.value, bindings);
  return key && value && { type: { kind: 'Map', key: key.type, value: value.type }, cost: key.cost + value.cost };
}

/** The type that a pattern stands for once all generics are bound; `matched` where the pattern leaves it open. */
export function instantiate(pattern: Pattern, bindings: Bindings, matched: SqlType): SqlType {
  switch (pattern.kind) {
    case 'Exact':
      return pattern.type;
    case 'Generic':
      return bindings.get(pattern.name) ?? matched;
    case 'Array':
      return arrayOf(instantiate(pattern.element, bindings, matched.kind === 'Array' ? matched.element : matched));
    case 'Map': {
      const [key, value] = matched.kind === 'Map' ? [matched.key, matched.value] : [matched, matched];
      return {
        kind: 'Map',
        key: instantiate(pattern.key, bindings, key),
        value: instantiate(pattern.value, bindings, value),
      };
    }
    default:
      return matched;
  }
}
