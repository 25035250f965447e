import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * One journey in an installed Firefox, over WebDriver BiDi: load, query, a dropped file, reload. Firefox speaks it itself,
 * so that no driver is needed. Node 20 has its WebSocket behind --experimental-websocket.
 */

const FIREFOX = process.env.FIREFOX_PATH ?? ['firefox', 'firefox-esr'].find(isInstalled);
const PATIENCE = 120_000;

function isInstalled(name) {
  return spawnSync('which', [name]).status === 0;
}

async function lineOf(stream, pattern) {
  for await (const line of createInterface(stream)) {
    const found = pattern.exec(line);
    if (found) return found[1];
  }
  throw new Error(`nothing said ${pattern}`);
}

/** Sends commands and gives their results. */
async function connect(url) {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const waiting = new Map();
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error, message } = JSON.parse(data);
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.reject(new Error(`${error}: ${message}`));
    else call?.resolve(result);
  });
  return {
    send: (method, params) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        socket.send(JSON.stringify({ id: last, method, params }));
      }),
    close: () => socket.close(),
  };
}

/** A tab: where it is, and what a function finds there, asked again until it is what was awaited. */
function tab({ send }, context) {
  const evaluate = async (expression) => {
    const target = { context };
    const answer = await send('script.evaluate', { expression, target, awaitPromise: true });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return answer.result.value;
  };
  return {
    go: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
    reload: () => send('browsingContext.reload', { context, wait: 'complete' }),
    evaluate,
    async until(what, expression) {
      const end = Date.now() + PATIENCE;
      for (;;) {
        if (await evaluate(expression).catch(() => false)) return console.log(`ok  ${what}`);
        if (Date.now() > end) throw new Error(`${what}: not so after ${PATIENCE / 1000} s`);
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    },
  };
}

const says = (text) => `document.body.innerText.includes(${JSON.stringify(text)})`;
const cell = (text) =>
  `[...document.querySelectorAll('[role=gridcell]')].some((cell) => cell.textContent === ${JSON.stringify(text)})`;
const click = (name) =>
  `[...document.querySelectorAll('button')].find((button) => button.textContent.startsWith(${JSON.stringify(name)}) && !button.disabled).click()`;
const sheet = (sql) => `#/worksheets?${new URLSearchParams({ name: 'firefox', sql })}`;

const DROP = `(() => {
  const data = new DataTransfer();
  data.items.add(new File(['1,oars\\n2,rope\\n'], 'words.csv'));
  for (const kind of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
})()`;

async function journey(page, url) {
  await page.go(url);
  await page.until('the engine is ready', says('Engine ready'));
  await page.go(url + sheet('SELECT sum(number) AS s FROM numbers(1000)'));
  await page.until('a worksheet is open', `document.querySelector('.monaco-editor .view-line') !== null`);
  await page.evaluate(click('Run'));
  await page.until('a query answers', cell('499500'));
  await page.evaluate(DROP);
  await page.until(
    'a dropped file is staged',
    `document.querySelector('.view-lines').textContent.includes('words.csv')`,
  );
  await page.evaluate(click('Run'));
  await page.until('its rows are read', cell('oars'));
  await page.reload();
  await page.until('the engine is ready again', says('Engine ready'));
  await page.go(`${url}#/stages/~`);
  await page.until('the file is still there', says('words.csv'));
}

async function run() {
  const server = spawn('node', ['scripts/serve.mjs'], { env: { ...process.env, PORT: '0' } });
  const profile = mkdtempSync(join(tmpdir(), 'boathouse-firefox-'));
  const options = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  const browser = spawn(FIREFOX, options, { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const url = await lineOf(server.stdout, /(http:\S+)/);
    const session = await connect(`${await lineOf(browser.stderr, /BiDi listening on (ws:\S+)/)}/session`);
    await session.send('session.new', { capabilities: {} });
    const { context } = await session.send('browsingContext.create', { type: 'tab' });
    await journey(tab(session, context), url);
    session.close();
  } finally {
    browser.kill();
    server.kill();
    await once(browser, 'exit');
    rmSync(profile, { recursive: true, force: true });
  }
}

if (FIREFOX) await run();
else console.log('skipped: there is no Firefox here; FIREFOX_PATH names one');
