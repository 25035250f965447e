import type { BrowserContext } from 'playwright/test';

/** Moves the engine's clock on in every tab of a context, and in those that are opened later. */
export interface Clock {
  advance(minutes: number): Promise<void>;
}

const CHANNEL = 'journey-clock';

/** The engine reads one clock: its worker's. The worker's script gets a few lines before it, which let a journey move it. */
export async function driveClock(context: BrowserContext): Promise<Clock> {
  let offset = 0;
  await context.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${clockScript(offset)}\n${await response.text()}` });
  });
  return {
    advance: async (minutes) => {
      offset += minutes * 60_000;
      for (const page of context.pages()) {
        await page.evaluate(
          ({ name, by }) => {
            const channel = new BroadcastChannel(name);
            channel.postMessage(by);
            channel.close();
          },
          { name: CHANNEL, by: offset },
        );
      }
    },
  };
}

function clockScript(offset: number): string {
  return `{
    const now = Date.now.bind(Date);
    let offset = ${offset};
    Date.now = () => now() + offset;
    new BroadcastChannel('${CHANNEL}').onmessage = ({ data }) => { offset = data; };
  }`;
}
