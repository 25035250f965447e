import type { FunctionSpec } from '../function.ts';
import { accessFunctions, keyFunctions, pathFunctions } from './access.ts';
import { arrayFunctions } from './array.ts';
import { convertFunctions } from './convert.ts';
import { lambdaFunctions } from './lambda.ts';
import { objectFunctions } from './object.ts';
import { setFunctions, variantAggregates } from './rows.ts';

/** Functions over VARIANT. */
export const variants: readonly FunctionSpec[] = [
  ...convertFunctions,
  ...accessFunctions,
  ...keyFunctions,
  ...pathFunctions,
  ...objectFunctions,
  ...arrayFunctions,
  ...lambdaFunctions,
  ...setFunctions,
  ...variantAggregates,
];
