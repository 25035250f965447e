import { assert } from '../../base/errors.ts';
import type { Geometry } from '../../types/geometry/model.ts';
import { type JtsGeometry, loadJts, runJts, toJts } from './jts.ts';

let valid: ((value: JtsGeometry) => boolean) | undefined;

export async function loadValid(): Promise<void> {
  const [{ default: IsValidOp }] = await Promise.all([
    import('jsts/org/locationtech/jts/operation/valid/IsValidOp.js'),
    loadJts(),
  ]);
  valid = (value) => IsValidOp.isValid(value);
}

/** By the rules of OGC: rings do not cross themselves or each other, holes lie within. */
export function isValid(value: Geometry): boolean {
  assert(valid !== undefined, 'JSTS is loaded before a kernel runs');
  const run = valid;
  return runJts(() => run(toJts(value)));
}
