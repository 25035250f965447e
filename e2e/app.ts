import { type Browser, test as base, expect, type JSHandle, type Locator, type Page } from 'playwright/test';

/** What a person does on the page, by role and label. */
export class App {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the console and waits until the engine can run statements. */
  async open(path = ''): Promise<void> {
    await this.page.goto(path);
    await expect(this.page.getByText('Engine ready')).toBeVisible({ timeout: 60_000 });
  }

  /** Waits until the service worker has put everything aside. */
  async keptOffline(): Promise<void> {
    const kept = () =>
      this.page.evaluate(async () => {
        await navigator.serviceWorker.ready;
        const opened = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
        const counts = await Promise.all(opened.map(async (cache) => (await cache.keys()).length));
        return navigator.serviceWorker.controller ? counts.reduce((sum, count) => sum + count, 0) : 0;
      });
    await expect.poll(kept, { timeout: 60_000 }).toBeGreaterThan(60);
  }

  /** The editor, once Monaco has taken the place of the plain one. */
  get editor(): Locator {
    return this.page.locator('.monaco-editor').first();
  }

  async go(
    place:
      | 'Home'
      | 'Worksheets'
      | 'Data'
      | 'Stages'
      | 'Load'
      | 'Streams'
      | 'Tasks'
      | 'Connections'
      | 'History'
      | 'Learn'
      | 'Settings',
  ): Promise<void> {
    await this.page.getByRole('link', { name: place, exact: true }).click();
  }

  async openWorksheet(): Promise<void> {
    await this.go('Worksheets');
    await expect(this.editor).toBeVisible({ timeout: 60_000 });
  }

  async showWorksheet(name: string): Promise<void> {
    await this.page.getByRole('tablist', { name: 'Worksheets' }).getByRole('tab', { name }).click();
    await expect(this.editor).toBeVisible({ timeout: 60_000 });
  }

  /** Replaces the text of the worksheet. Pasted, since typing would complete words and close brackets. */
  async write(sql: string): Promise<void> {
    await this.editor.click();
    await this.page.keyboard.press('Control+A');
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), sql);
    await this.page.keyboard.press('Control+V');
  }

  async runAll(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+Enter');
  }

  async run(sql: string): Promise<void> {
    await this.write(sql);
    await this.runAll();
  }

  /** Carets and scrolls as they are kept for the next visit, which happens a moment after they change. */
  async keptViews(): Promise<string> {
    return (await this.page.evaluate(() => localStorage.getItem('boathouse.views'))) ?? '';
  }

  /** The tabs of the last run, one a statement. */
  get results(): Locator {
    return this.page.getByRole('tablist', { name: 'Results of this worksheet' }).getByRole('tab');
  }

  /** A result's tab, by what it says. */
  result(text: string | RegExp): Locator {
    return this.page.getByRole('tab', { name: text });
  }

  /** What each tab of the last run says, without the time it took. */
  async outcomes(): Promise<readonly string[]> {
    return (await this.results.allTextContents()).map((text) => text.replace(/ · [^·]*$/, '').trim());
  }

  get grid(): Locator {
    return this.page.getByRole('grid').first();
  }

  /** The texts of the rows in view, from the top; of the grid of results unless another is given. */
  async rows(grid = this.page.getByRole('region', { name: 'Results', exact: true })): Promise<readonly string[][]> {
    return grid.locator('[role=row]:has([role=gridcell])').evaluateAll((rows) => {
      const place = (row: Element) => Number(row.getAttribute('aria-rowindex'));
      const cells = (row: Element) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent);
      return rows.sort((a, b) => place(a) - place(b)).map(cells);
    });
  }

  /** The head of a column: its name stands over its type. */
  columnHead(name: string): Locator {
    return this.page.getByRole('columnheader').filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Chooses an entry of the menu of a column. */
  async head(column: string, entry: string): Promise<void> {
    await this.columnHead(column).getByRole('button').click();
    await this.page.getByRole('menuitem', { name: entry, exact: true }).click();
  }

  /** The line under a result: how many rows there are, and what is selected. */
  get foot(): Locator {
    return this.page.locator('.result-foot');
  }

  /** Goes to an entry of a tree by the arrow keys; the tree has the focus. */
  async goToEntry(tree: Locator, name: RegExp): Promise<void> {
    await expect(tree).toBeFocused();
    const entry = tree.getByRole('treeitem', { name }).first();
    await expect(entry).toBeVisible();
    await this.page.keyboard.press('Home');
    const isThere = async () => (await tree.getAttribute('aria-activedescendant')) === (await entry.getAttribute('id'));
    for (let step = 0; step < 30 && !(await isThere()); step++) await this.page.keyboard.press('ArrowDown');
    expect(await isThere(), `${name} is reached`).toBe(true);
  }

  /** Drops files from the disk on the page, as a person does from a folder: the page reads them, however large. */
  async drop(...paths: readonly string[]): Promise<void> {
    const input = await this.page.evaluateHandle(() => {
      const made = document.createElement('input');
      made.type = 'file';
      made.multiple = true;
      return made;
    });
    await input.setInputFiles(paths);
    const transfer = await input.evaluateHandle(({ files }) => {
      const data = new DataTransfer();
      for (const file of files ?? []) data.items.add(file);
      return data;
    });
    await this.dropTransfer(transfer);
  }

  async dropFiles(files: readonly { readonly name: string; readonly bytes: Buffer }[]): Promise<void> {
    const coded = files.map(({ name, bytes }) => ({ name, bytes: bytes.toString('base64') }));
    const transfer = await this.page.evaluateHandle((dropped) => {
      const data = new DataTransfer();
      for (const { name, bytes } of dropped)
        data.items.add(new File([Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))], name));
      return data;
    }, coded);
    await this.dropTransfer(transfer);
  }

  private async dropTransfer(dataTransfer: JSHandle<DataTransfer>): Promise<void> {
    await this.page.dispatchEvent('body', 'dragover', { dataTransfer });
    await this.page.dispatchEvent('body', 'drop', { dataTransfer });
  }
}

interface Fixtures {
  readonly app: App;
  /** A second tab of the same browser. */
  readonly otherTab: App;
}

/** Collects what no page may do: errors in the console, reports of the policy, requests to another origin. */
export function watch(page: Page, origin: string): readonly string[] {
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(`${message.text()} ${message.location().url}`.trim());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) wrong.push(`request to ${url}`);
  });
  return wrong;
}

/** A visit by one whose browser keeps nothing of the console yet, in as many tabs as are asked for. */
export async function firstVisit(
  browser: Browser,
  baseURL: string,
  visit: (openTab: () => Promise<App>) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ baseURL, serviceWorkers: 'allow' });
  const wrong: (readonly string[])[] = [];
  await visit(async () => {
    const page = await context.newPage();
    wrong.push(watch(page, baseURL));
    return new App(page);
  });
  await context.close();
  expect(wrong.flat()).toEqual([]);
}

/** Every journey fails on what `watch` collects. */
export const test = base.extend<Fixtures>({
  app: async ({ page, baseURL }, use) => {
    const wrong = watch(page, baseURL ?? '');
    await use(new App(page));
    expect(wrong).toEqual([]);
  },
  otherTab: async ({ context, baseURL }, use) => {
    const page = await context.newPage();
    const wrong = watch(page, baseURL ?? '');
    await use(new App(page));
    expect(wrong).toEqual([]);
  },
});

export { expect };
