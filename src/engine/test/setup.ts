import fc from 'fast-check';

/** `npm run test:long` tries each property many more times. */
if (process.env['BOATHOUSE_LONG'] !== undefined)
  fc.configureGlobal({ numRuns: 2000, interruptAfterTimeLimit: 600_000 });
