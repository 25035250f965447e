import { geoKernels } from './geo/index.ts';
import { jsonKernels } from './json/index.ts';
import type { Kernel } from './kernel.ts';
import { timeKernels } from './time/index.ts';

/** Every kernel, for whoever hands them to DuckDB. */
export const kernels: readonly Kernel[] = [...geoKernels, ...jsonKernels, ...timeKernels];
