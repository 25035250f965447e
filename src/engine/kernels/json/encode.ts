import { jsonString } from '../../types/json/escapes.ts';
import { jsonDouble } from '../../types/json/number.ts';
import { jsonTyped } from '../../types/json/typed.ts';
import { textKernel } from '../frame.ts';
import { type Kernel, KernelError } from '../kernel.ts';
import { sorted, textOf } from './node.ts';

const encodeText = textKernel('json_encode_str', ['text'], (text: string) => jsonString(text));

/** Dates, times, intervals and bytes, as results print them. */
const encodeTyped = textKernel('json_encode_typed', ['text'], (text: string) => jsonTyped(text));

const encodeDouble = textKernel('json_double', ['double'], (value: number) => jsonDouble(value));

/** Members of an object that was put together from canonical parts, in their order. */
const sort = textKernel('json_sorted', ['text'], (json: string) => sorted(json));

/**
 * Pairs of key and value, each ended by a record separator, the two divided by a unit separator; an empty part is
 * NULL. A pair without a key is left out, one without a value unless `keepNull` is 1.
 */
const object: Kernel = textKernel(
  'json_object_of',
  ['text', 'int', 'int'],
  (pairs: string, keepNull: number, mode: number) => {
    try {
      const members = pairs
        .split('\x1e')
        .map((pair) => pair.split('\x1f'))
        .filter(([key, value]) => key && (value || keepNull === 1))
        .map(([key = '', value = '']) => `${jsonString(keyOf(key))}:${value || 'null'}`);
      return sorted(`{${members.join(',')}}`);
    } catch (error) {
      if (mode === 1 && error instanceof KernelError) return null;
      throw error;
    }
  },
);

function keyOf(json: string): string {
  if (!json.startsWith('"')) throw new KernelError('Key must be a string value');
  return textOf(json);
}

export const encodeKernels: readonly Kernel[] = [encodeText, encodeTyped, encodeDouble, sort, object];
