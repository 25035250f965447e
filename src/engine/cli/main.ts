import { parseArguments, runShell } from './shell.ts';

/** Set by the build. */
declare const __VERSION__: string;

try {
  const streams = { input: process.stdin, output: process.stdout, version: __VERSION__ };
  process.exitCode = await runShell(parseArguments(process.argv.slice(2)), streams);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
