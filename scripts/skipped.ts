import type { Reporter, TestCase } from 'vitest/node';

/** Ends a run of Vitest with how many tests were skipped and why: their titles, or those of their groups, say it. */
export class Skipped implements Reporter {
  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules) => {
    const reasons = new Map<string, number>();
    let skipped = 0;
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const reason = reasonOf(test);
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        skipped++;
      }
    }
    process.stdout.write(`${skipped} tests skipped\n`);
    for (const [reason, count] of reasons) process.stdout.write(`  ${count}: ${reason}\n`);
  };
}

/** What stands in parentheses, or the whole title. */
function reasonOf({ fullName }: TestCase): string {
  return /\(((?:skipped|wants)[^)]*)\)/.exec(fullName)?.[1] ?? fullName;
}
