import type { Messages } from './messages.ts';
import { catalogMessages } from './zh/catalog.ts';
import { connectionsMessages } from './zh/connections.ts';
import { consoleMessages } from './zh/console.ts';
import { hintWords } from './zh/hints.ts';
import { historyMessages } from './zh/history.ts';
import { homeMessages } from './zh/home.ts';
import { learnMessages } from './zh/learn.ts';
import { loadMessages } from './zh/load.ts';
import { resultMessages } from './zh/results.ts';
import { settingsMessages } from './zh/settings.ts';
import { stagesMessages } from './zh/stages.ts';
import { streamsMessages } from './zh/streams.ts';
import { tasksMessages } from './zh/tasks.ts';
import { worksheetMessages } from './zh/worksheet.ts';

/** Every visible string in Chinese. What Databend writes in Latin (Stage, NULL, COPY INTO) stays so. */
export const zh: Messages = {
  ...consoleMessages,
  ...worksheetMessages,
  ...resultMessages,
  home: homeMessages,
  catalog: catalogMessages,
  stages: stagesMessages,
  learn: learnMessages,
  load: loadMessages,
  streams: streamsMessages,
  tasks: tasksMessages,
  connections: connectionsMessages,
  history: historyMessages,
  hints: hintWords,
  settings: settingsMessages,
};
