import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext } from 'playwright/test';
import { test as base } from './app.ts';

/** Moves the engine's clock on in every tab of the journey, and in those that are opened later. */
interface Clock {
  advance(minutes: number): Promise<void>;
}

const CHANNEL = 'journey-clock';
const WORKER_SCRIPT = /^\/assets\/worker-[^/]*\.js$/;
const CONSOLE = `http://127.0.0.1:${process.env['E2E_PORT'] ?? 5199}`;

/** The built console, as another server hands it on; milliseconds that its clock is ahead. */
interface ClockServer {
  readonly url: string;
  ahead: number;
}

interface Fixtures {
  readonly clockServer: ClockServer;
  readonly clock: Clock;
}

/** Journeys whose engine's clock can be moved. Service workers must be off: they would keep the script of the worker. */
export const test = base.extend<Fixtures>({
  clockServer: async ({ browserName: _ }, use) => {
    const { server, close } = await clockServer();
    await use(server);
    close();
  },
  baseURL: async ({ clockServer: { url } }, use) => use(url),
  clock: async ({ context, clockServer: server }, use) => {
    await use({
      advance: async (minutes) => {
        server.ahead += minutes * 60_000;
        await tellAhead(context, server.ahead);
      },
    });
  },
});

/** The engine reads one clock: its worker's. Its script gets a few lines before it, which let a journey move it. */
async function clockServer() {
  const server: ClockServer & { url: string } = { url: '', ahead: 0 };
  const http = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', CONSOLE);
    const answer = await fetch(`${CONSOLE}${request.url}`);
    const body = Buffer.from(await answer.arrayBuffer());
    const passed = [
      'content-type',
      'content-security-policy',
      'cross-origin-opener-policy',
      'cross-origin-embedder-policy',
    ];
    const headers = passed.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    response.writeHead(answer.status, Object.fromEntries(headers));
    if (WORKER_SCRIPT.test(pathname)) response.write(clockScript(server.ahead));
    response.end(body);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  server.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
  return {
    server,
    close: () => {
      http.close();
      http.closeAllConnections();
    },
  };
}

async function tellAhead(context: BrowserContext, ahead: number): Promise<void> {
  for (const page of context.pages()) {
    await page.evaluate(
      ({ name, by }) => {
        const channel = new BroadcastChannel(name);
        channel.postMessage(by);
        channel.close();
      },
      { name: CHANNEL, by: ahead },
    );
  }
}

function clockScript(ahead: number): string {
  return `{
    const now = Date.now.bind(Date);
    let ahead = ${ahead};
    Date.now = () => now() + ahead;
    new BroadcastChannel('${CHANNEL}').onmessage = ({ data }) => { ahead = data; };
  }\n`;
}
