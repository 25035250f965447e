import type { Overload } from '../functions/function.ts';
import type { Token } from '../sql/token.ts';
import type { StatementContext } from '../statements/context.ts';
import type { Signatures } from './answer.ts';
import { caretAt } from './caret.ts';

/** The call around a place: its overloads, and which argument is being written. */
export function signatures(text: string, offset: number, { services }: StatementContext): Signatures | undefined {
  const call = callAround(caretAt(text, offset).tokens.filter(({ start, kind }) => start < offset && kind !== 'End'));
  const spec = call && services.functions.get(call.name.toLowerCase());
  if (!call || !spec) return undefined;
  const overloads = spec.overloads.map(({ args, returns }) => overload(spec.name, args, returns));
  const fits = overloads.findIndex(({ parameters }) => call.argument < parameters.length || isOpen(parameters));
  return {
    overloads: overloads.filter(({ label }, at) => overloads.findIndex((other) => other.label === label) === at),
    doc: spec.doc,
    example: spec.examples[0] && `${spec.examples[0][0]} → ${spec.examples[0][1]}`,
    active: Math.max(fits, 0),
    argument: call.argument,
  };
}

function overload(name: string, args: readonly string[], returns: Overload['returns']) {
  const result = typeof returns === 'string' ? ` → ${returns}` : '';
  return { label: `${name}(${args.join(', ')})${result}`, parameters: args };
}

function isOpen(parameters: readonly string[]): boolean {
  return parameters.at(-1)?.endsWith('...') === true;
}

interface CallAround {
  readonly name: string;
  /** From 0. */
  readonly argument: number;
}

/** The innermost parenthesis that is open behind a word. */
function callAround(before: readonly Token[]): CallAround | undefined {
  let depth = 0;
  let argument = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    const { word = '' } = before[at] ?? {};
    if (/^[)\]}]$/.test(word)) depth++;
    else if (depth === 0 && word === '(') return callOf(before[at - 1], argument);
    else if (depth === 0 && word === ',') argument++;
    else if (/^[([{]$/.test(word)) {
      // A list that is open is one argument, whatever stands in it.
      if (depth === 0) argument = 0;
      depth = Math.max(0, depth - 1);
    }
  }
  return undefined;
}

function callOf(token: Token | undefined, argument: number): CallAround | undefined {
  return token?.kind === 'Word' ? { name: token.text, argument } : undefined;
}
