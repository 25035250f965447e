import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

/** Quiet, without a network of its own, and able to run as root; the profile is Playwright's empty temporary one. */
export const LAUNCH_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not ours to run: the next place is tried.
  }
}

/** Runners print the stack of a failed config; this one is for the person who starts them, so its stack is its message. */
function oneLine(message) {
  return Object.assign(new Error(message), { stack: `Error: ${message}` });
}

/** Where a browser may be, the preferred place first. */
function* candidates(env) {
  for (const name of NAMES) {
    for (const folder of (env.PATH ?? '').split(delimiter)) {
      if (folder !== '') yield join(folder, name);
    }
  }
  yield chromium.executablePath();
}

/**
 * The path of an installed Chromium: CHROMIUM_PATH, then PATH, then Playwright's cache. Nothing is downloaded.
 * Throws one line that says how to get one.
 */
export function findBrowser(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (isExecutable(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
    throw oneLine(`CHROMIUM_PATH is '${env.CHROMIUM_PATH}', which is not a program that can be run`);
  }
  for (const path of candidates(env)) {
    if (isExecutable(path)) return path;
  }
  throw oneLine(
    'No browser for the tests: install one (apt-get install chromium, or npx playwright install chromium), or set CHROMIUM_PATH',
  );
}
