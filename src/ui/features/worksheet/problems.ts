import { type Diagnostic, isAbort, type Span } from '../../../engine/index.ts';
import { engineState } from '../../data/engine.ts';
import { sessionOf } from '../../data/runs.ts';
import type { Worksheet } from '../../data/worksheets.ts';
import {
  fillParameters,
  givenValue,
  isGiven,
  type ParameterType,
  type ParameterValues,
  parameterNames,
  parameterUses,
} from '../../lib/parameters.ts';
import { type Store, store } from '../../lib/store.ts';

const NONE: readonly Diagnostic[] = [];
const known = new Map<string, Store<readonly Diagnostic[]>>();

/** What the engine finds wrong in a worksheet, as it is typed. */
export function problemsOf(worksheet: string): Store<readonly Diagnostic[]> {
  const present = known.get(worksheet);
  if (present) return present;
  const fresh = store(NONE);
  known.set(worksheet, fresh);
  return fresh;
}

/** Asks anew; what an older text had wrong is not told any more once `signal` is aborted. */
export async function diagnose({ id, text, parameters }: Worksheet, signal: AbortSignal): Promise<void> {
  if (engineState.get().kind !== 'Ready') return;
  try {
    const filled = fillParameters(text, samples(text, parameters));
    const found = await sessionOf(id).diagnose(filled.text, signal);
    const placed = found.map((one) => ({ ...one, span: filled.back(one.span) }));
    if (!signal.aborted) problemsOf(id).set(withoutSamples(placed, text, parameters));
  } catch (error) {
    // A question that failed underlines nothing; running the statement says what is wrong.
    if (!isAbort(error)) problemsOf(id).set(NONE);
  }
}

const SAMPLES: { readonly [K in ParameterType]: string } = {
  ...{ Text: '', Number: '1', Date: '2000-01-01', Timestamp: '2000-01-01', Boolean: 'true', Name: 'x', Sql: 'NULL' },
};

/** What stands for values that are not given yet. */
function samples(text: string, given: ParameterValues): ParameterValues {
  const names = parameterNames(text).map(({ name, type: guess }) => {
    const value = givenValue(given, name) ?? { type: guess, text: SAMPLES[guess] };
    return [name, isGiven(value) ? value : { type: value.type, text: SAMPLES[value.type] }] as const;
  });
  return Object.fromEntries(names);
}

/** `BadArguments`: a value that cannot be what it is used as. */
const BAD_VALUE = 1006;

/** What is wrong with a value that nobody gave is no fault of the text. */
function withoutSamples(found: readonly Diagnostic[], text: string, given: ParameterValues): readonly Diagnostic[] {
  const open = parameterUses(text).filter(({ name }) => givenValue(given, name) === undefined);
  const isOfSample = ({ start, end }: Span) => open.some((use) => use.start < end && start < use.end);
  return found.filter(({ code, span }) => code !== BAD_VALUE || !isOfSample(span));
}
