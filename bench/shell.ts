import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface ShellAnswer {
  readonly rows: readonly (readonly (string | boolean | null)[])[];
  readonly seconds: number;
  /** Of processor time, which other programs on the machine lengthen less; NaN where the system does not tell. */
  readonly cpuSeconds: number;
}

/** The built shell as a child process that answers statements one by one. */
export interface ShellProcess {
  /** Rejects with the statement's error. */
  run(sql: string): Promise<ShellAnswer>;
  close(): Promise<void>;
}

interface Line {
  readonly ok?: boolean;
  readonly rows?: ShellAnswer['rows'];
  readonly error?: { readonly code: number; readonly name: string; readonly message: string };
  readonly done?: boolean;
}

export function openShell(program: string, folder: string): ShellProcess {
  const child = spawn(process.execPath, [program, '--json', '--data', folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));

  async function nextLine(): Promise<Line> {
    const { value, done } = await lines.next();
    if (done) throw new Error('the shell has ended');
    return JSON.parse(value) as Line;
  }

  return {
    async run(sql) {
      const start = performance.now();
      const cpuStart = cpuSeconds(child.pid);
      child.stdin.write(`${JSON.stringify({ sql })}\n`);
      let last: Line = {};
      for (let line = await nextLine(); !line.done; line = await nextLine()) last = line;
      if (last.error) throw new Error(`${last.error.code} ${last.error.name}: ${last.error.message}`);
      const seconds = (performance.now() - start) / 1000;
      return { rows: last.rows ?? [], seconds, cpuSeconds: cpuSeconds(child.pid) - cpuStart };
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Linux counts hundredths of a second, in user and in kernel mode. */
function cpuSeconds(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN; // Another system: wall time has to do.
  }
}
