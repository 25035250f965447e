import type { FunctionSpec, Lowering, Overload } from './function.ts';
import { splitList } from './pattern.ts';

/** Short forms for the rows of the registry: a row is its names, what it does, its signatures and its examples. */

type Example = readonly [call: string, result: string];
type Extras = Partial<Pick<Overload, 'nulls' | 'params' | 'cast' | 'fold'>>;

/** One signature; patterns between commas. */
export function on(args: string, returns: Overload['returns'], lower: Lowering, extras: Extras = {}): Overload {
  return { args: splitList(args), returns, lower, ...extras };
}

/** Names are separated by blanks: the name itself, then its aliases. */
export function scalar(
  names: string,
  doc: string,
  overloads: readonly Overload[],
  examples: readonly Example[],
): FunctionSpec {
  return row('scalar', names, { doc, overloads, examples });
}

export function aggregate(
  names: string,
  doc: string,
  overloads: readonly Overload[],
  examples: readonly Example[],
): FunctionSpec {
  return row('aggregate', names, { doc, overloads, examples });
}

export function windowed(
  names: string,
  doc: string,
  overloads: readonly Overload[],
  examples: readonly Example[],
): FunctionSpec {
  return row('window', names, { doc, overloads, examples });
}

function row(
  kind: FunctionSpec['kind'],
  names: string,
  rest: Pick<FunctionSpec, 'doc' | 'overloads' | 'examples'>,
): FunctionSpec {
  const [name = '', ...aliases] = names.split(' ');
  return { name, aliases, kind, ...rest };
}
