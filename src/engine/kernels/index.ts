import { decimalKernels } from './decimal.ts';
import { geoKernels } from './geo/index.ts';
import { h3Kernels } from './h3.ts';
import { hashKernels } from './hash/index.ts';
import { jsonKernels } from './json/index.ts';
import type { Kernel } from './kernel.ts';
import { readNumberKernel, showNumberKernel } from './number-mask.ts';
import { searchKernels } from './search/index.ts';
import { textKernels } from './text.ts';
import { timeKernels } from './time/index.ts';

/** Every kernel, for whoever hands them to DuckDB. */
export const kernels: readonly Kernel[] = [
  ...decimalKernels,
  ...geoKernels,
  ...h3Kernels,
  ...hashKernels,
  ...jsonKernels,
  readNumberKernel,
  showNumberKernel,
  ...searchKernels,
  ...textKernels,
  ...timeKernels,
];
