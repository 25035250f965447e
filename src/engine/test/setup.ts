import fc from 'fast-check';
import { isLong } from './long.ts';

/** `npm run test:long` tries each property many more times, and those that say how often in proportion. */
if (isLong) fc.configureGlobal({ numRuns: 2000, interruptAfterTimeLimit: 600_000 });
