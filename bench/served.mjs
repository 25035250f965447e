import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** A folder served as `npm start` serves the console, until `close`. */
export async function served(folder = join(ROOT, 'dist/web')) {
  const server = spawn(process.execPath, ['scripts/serve.mjs'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', BOATHOUSE_WEB: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.race([once(server.stdout, 'data'), once(server, 'exit')]);
  const [, port] = /:(\d+)\/$/m.exec(String(said)) ?? [];
  if (port === undefined) throw new Error(`${folder} could not be served`);
  return { url: `http://127.0.0.1:${port}/`, close: () => server.kill() };
}
