import type { Kernel } from '../kernel.ts';
import { accessKernels } from './access.ts';
import { arrayKernels } from './array.ts';
import { convertKernels } from './convert.ts';
import { editKernels } from './edit.ts';
import { encodeKernels } from './encode.ts';
import { flattenKernel } from './flatten.ts';
import { inspectKernels } from './inspect.ts';
import { listKernels } from './lists.ts';
import { orderKernels } from './order.ts';
import { partKernels } from './parts.ts';
import { pathKernels } from './path/index.ts';

/** The kernels over VARIANT: canonical JSON as text. */
export const jsonKernels: readonly Kernel[] = [
  ...convertKernels,
  ...accessKernels,
  ...partKernels,
  ...encodeKernels,
  ...orderKernels,
  ...listKernels,
  flattenKernel,
  ...inspectKernels,
  ...editKernels,
  ...arrayKernels,
  ...pathKernels,
];
