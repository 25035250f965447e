import { HINTS, type HintWords } from '../../../engine/index.ts';
import { catalogMessages } from './en/catalog.ts';
import { connectionsMessages } from './en/connections.ts';
import { consoleMessages } from './en/console.ts';
import { historyMessages } from './en/history.ts';
import { homeMessages } from './en/home.ts';
import { learnMessages } from './en/learn.ts';
import { loadMessages } from './en/load.ts';
import { resultMessages } from './en/results.ts';
import { settingsMessages } from './en/settings.ts';
import { stagesMessages } from './en/stages.ts';
import { streamsMessages } from './en/streams.ts';
import { tasksMessages } from './en/tasks.ts';
import { worksheetMessages } from './en/worksheet.ts';

const hints: HintWords = HINTS;

/** Every visible string in English. A sentence is one message with named values, never joined from fragments. */
export const en = {
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
  hints,
  settings: settingsMessages,
};
