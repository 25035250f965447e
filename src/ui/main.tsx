import './lib/style/tokens.css';
import './lib/style/base.css';
import './lib/style/contrast.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { trustOurOwn } from '../engine/index.ts';
import { App } from './app/App.tsx';
import { followChanges } from './data/client.ts';
import { engine, startEngine } from './data/engine.ts';
import { followVault } from './data/kept-secrets.ts';
import { followNetwork } from './data/network.ts';
import { isKept, keepOffline } from './data/offline.ts';
import { followLaunches } from './data/open-files.ts';
import { followWorksheets, leaveWorksheets, loadWorksheets } from './data/worksheets.ts';
import { followRenewal } from './data/workspace.ts';
import { rememberFocus } from './lib/focus.ts';
import { followKeys } from './lib/hotkeys/dispatch.ts';
import { idle } from './lib/idle.ts';
import { followLook } from './lib/look.ts';
import { followLanguage, messages } from './lib/messages/messages.ts';
import { followAddress } from './lib/router.ts';

trustOurOwn();
let begin = () => {};
// On a first visit the page takes keys before the engine takes its share of the machine.
startEngine(isKept() ? Promise.resolve() : new Promise((resolve) => (begin = resolve)));
followChanges();
followVault();
followNetwork();
followLaunches();
followRenewal();
followWorksheets();
followLook(document.documentElement);
followAddress();
rememberFocus(document);
followKeys(window);
// Copying the console into the browser's cache waits: it would slow the engine's own start.
engine().ready.then(keepOffline, keepOffline);
addEventListener('pagehide', () => void leaveWorksheets());
document.addEventListener('visibilitychange', () => engine().flush());

const root = document.getElementById('root');
if (root) {
  await followLanguage(document.documentElement);
  void loadWorksheets(messages().worksheet.untitled)
    .finally(idle)
    .finally(() => begin());
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
