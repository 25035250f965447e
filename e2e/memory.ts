import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';

/** What pages and workers hold in memory, in MB; undefined where the system does not say. */
async function heldMegabytes(page: Page): Promise<number | undefined> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (!session) return undefined;
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  try {
    // Pages and their workers: the process of the browser holds all files of a profile that is not kept on a disk.
    const pages = processInfo.filter(({ type }) => type === 'renderer');
    const kilobytes = pages.map(({ id }) => /^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]);
    return kilobytes.reduce((sum, one) => sum + Number(one ?? 0), 0) / 1024;
  } catch {
    return undefined;
  }
}

/** How many MB more than now are held at most while a task is done; undefined where the system does not say. */
export type Growth = (task: () => Promise<unknown>) => Promise<number | undefined>;

export async function growthFromNow(page: Page): Promise<Growth> {
  const idle = await heldMegabytes(page);
  return async (task) => {
    let most = idle;
    let isOver = false;
    const watching = (async () => {
      while (!isOver && most !== undefined) {
        most = Math.max(most, (await heldMegabytes(page)) ?? 0);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    await task().finally(() => {
      isOver = true;
    });
    await watching;
    return idle === undefined || most === undefined ? undefined : most - idle;
  };
}
