import { useQuery } from '@tanstack/react-query';
import { Eye, FolderArchive, type LucideIcon, SquareTerminal, Table2, Waves, Workflow, Zap } from 'lucide-react';
import { useMemo } from 'react';
import { allTables, isSystemDatabase } from '../data/catalog.ts';
import { engineState } from '../data/engine.ts';
import { stages } from '../data/stages.ts';
import { streams } from '../data/streams.ts';
import { tasks } from '../data/tasks.ts';
import { openWorksheet, useWorksheets } from '../data/worksheets.ts';
import { fuzzyMatch, type Match } from '../lib/fuzzy.ts';
import { COMMAND_IDS, COMMANDS, type CommandId } from '../lib/hotkeys/commands.ts';
import { runCommand, useAvailableCommands } from '../lib/hotkeys/dispatch.ts';
import { en } from '../lib/messages/en.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { navigate, type Route } from '../lib/router.ts';
import { useStore } from '../lib/store.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly command?: CommandId;
  /** Found by this, too, which marks nothing in the title. */
  readonly also?: string;
  readonly ranges: Match['ranges'];
  readonly run: () => void;
}

type Found = Omit<PaletteEntry, 'ranges'>;

const MOST = 40;
const NONE: readonly never[] = [];

/** What fits a query, the best first: actions and worksheets, and once something is typed what is in the warehouse. */
export function usePaletteEntries(query: string): readonly PaletteEntry[] {
  const actions = useActions();
  const sheets = useSheets();
  const objects = useObjects(query !== '');
  return useMemo(() => {
    const found = [...actions, ...sheets, ...objects].flatMap((entry) => {
      const match = fuzzyMatch(query, entry.title);
      if (match) return [{ ...entry, ranges: match.ranges, score: match.score }];
      const other = entry.also === undefined ? undefined : fuzzyMatch(query, entry.also);
      return other ? [{ ...entry, ranges: [], score: other.score }] : [];
    });
    return found.sort((a, b) => b.score - a.score).slice(0, MOST);
  }, [query, actions, sheets, objects]);
}

/** Found by their English titles as well. */
function useActions(): readonly Found[] {
  const { commands } = useMessages();
  const available = useAvailableCommands();
  return useMemo(
    () =>
      COMMAND_IDS.filter((id) => available.has(id) && COMMANDS[id].scope !== 'grid' && id !== 'openPalette').map(
        (id) => ({
          ...{ id, icon: Zap, title: commands[id], also: en.commands[id], command: id },
          run: () => void runCommand(id),
        }),
      ),
    [commands, available],
  );
}

function useSheets(): readonly Found[] {
  const sheets = useWorksheets();
  return useMemo(() => {
    const show = (id: string) => {
      openWorksheet(id);
      navigate({ place: 'worksheets' });
    };
    return [...sheets.values()].map(({ id, name }) => ({ id, icon: SquareTerminal, title: name, run: () => show(id) }));
  }, [sheets]);
}

/** Tables, views, stages, streams and tasks, each with its page. */
function useObjects(isAsked: boolean): readonly Found[] {
  const enabled = useStore(engineState).kind === 'Ready' && isAsked;
  const { data: allOfTables = NONE } = useQuery({ ...allTables(), enabled });
  const { data: allOfStages = NONE } = useQuery({ ...stages(), enabled });
  const { data: allOfStreams = NONE } = useQuery({ ...streams(), enabled });
  const { data: allOfTasks = NONE } = useQuery({ ...tasks(), enabled });
  return useMemo(() => {
    if (!isAsked) return [];
    const own = allOfTables.filter(({ database }) => !isSystemDatabase(database));
    return [
      ...own.map(({ database, name, kind }) =>
        object(kind === 'View' ? Eye : Table2, fullName(database, name), ['data', database, name]),
      ),
      ...allOfStages.map(({ name }) => object(FolderArchive, `@${name}`, ['stages', name])),
      ...allOfStreams.map(({ database, name }) => object(Waves, fullName(database, name), ['streams', database, name])),
      ...allOfTasks.map(({ name }) => object(Workflow, name, ['tasks', name])),
    ];
  }, [isAsked, allOfTables, allOfStages, allOfStreams, allOfTasks]);
}

const fullName = (database: string, name: string) => (database === 'default' ? name : `${database}.${name}`);

function object(
  icon: LucideIcon,
  title: string,
  [place, ...path]: readonly [Route['place'], ...(readonly string[])],
): Found {
  return { id: `${place}/${path.join('/')}`, icon, title, run: () => navigate({ place, path }) };
}
