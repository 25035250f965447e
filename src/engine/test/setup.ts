import fc from 'fast-check';
import { isLong } from './long.ts';

/**
 * `npm run test:long` tries each property many more times, and those that say how often in proportion, on other values
 * each time; `npm test` has the same values on every machine.
 */
fc.configureGlobal(isLong ? { numRuns: 2000, interruptAfterTimeLimit: 600_000 } : { seed: 20_261_122 });
