import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test as base, expect, type Locator, type Page } from 'playwright/test';

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

  /** The editor, once Monaco has taken the place of the plain one. */
  get editor(): Locator {
    return this.page.locator('.monaco-editor').first();
  }

  async openWorksheet(): Promise<void> {
    await this.page.getByRole('link', { name: 'Worksheets' }).click();
    await expect(this.editor).toBeVisible({ timeout: 60_000 });
  }

  /** Replaces the text of the worksheet. Pasted, since typing would complete words. */
  async write(sql: string): Promise<void> {
    await this.editor.click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(sql);
  }

  async runAll(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+Enter');
  }

  async run(sql: string): Promise<void> {
    await this.write(sql);
    await this.runAll();
  }

  /** A result's tab, by what it says. */
  result(text: string | RegExp): Locator {
    return this.page.getByRole('tab', { name: text });
  }

  get grid(): Locator {
    return this.page.getByRole('grid').first();
  }

  /** Drops files from the disk on the page, as a person does from a folder. */
  async drop(...paths: readonly string[]): Promise<void> {
    const files = paths.map((path) => ({ name: basename(path), bytes: readFileSync(path).toString('base64') }));
    const transfer = await this.page.evaluateHandle((dropped) => {
      const data = new DataTransfer();
      for (const { name, bytes } of dropped)
        data.items.add(new File([Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))], name));
      return data;
    }, files);
    await this.page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
    await this.page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  }
}

interface Fixtures {
  readonly app: App;
}

/** Every journey fails on an error in the console, a report of the policy, or a request to another origin. */
export const test = base.extend<Fixtures>({
  app: async ({ page, baseURL }, use) => {
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text());
    });
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(baseURL ?? '') && !/^(data|blob):/.test(url)) wrong.push(`request to ${url}`);
    });
    await use(new App(page));
    expect(wrong).toEqual([]);
  },
});

export { expect };
