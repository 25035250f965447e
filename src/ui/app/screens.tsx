import { lazy, type ReactNode } from 'react';
import type { PlaceId } from '../lib/router.ts';
import { WorksheetsPlace } from './WorksheetsPlace.tsx';

const ConnectionsPlace = lazy(() =>
  import('../features/connections/ConnectionsPlace.tsx').then((m) => ({ default: m.ConnectionsPlace })),
);
const DataScreen = lazy(() => import('./RowsPlaces.tsx').then((m) => ({ default: m.DataScreen })));
const HistoryPlace = lazy(() =>
  import('../features/history/HistoryPlace.tsx').then((m) => ({ default: m.HistoryPlace })),
);
const HomePlace = lazy(() => import('../features/home/HomePlace.tsx').then((m) => ({ default: m.HomePlace })));
const LearnPlace = lazy(() => import('./LearnPlace.tsx').then((m) => ({ default: m.LearnPlace })));
const LessonList = lazy(() => import('../features/learn/LessonList.tsx').then((m) => ({ default: m.LessonList })));
const LoadPlace = lazy(() => import('../features/load/LoadPlace.tsx').then((m) => ({ default: m.LoadPlace })));
const SettingsPlace = lazy(() => import('./SettingsPlace.tsx').then((m) => ({ default: m.SettingsPlace })));
const StagesScreen = lazy(() => import('./RowsPlaces.tsx').then((m) => ({ default: m.StagesScreen })));
const StreamsPlace = lazy(() =>
  import('../features/streams/StreamsPlace.tsx').then((m) => ({ default: m.StreamsPlace })),
);
const TasksPlace = lazy(() => import('../features/tasks/TasksPlace.tsx').then((m) => ({ default: m.TasksPlace })));

type Screen = () => ReactNode;

/** What each place shows, loaded when it is gone to, but for worksheets, which take keys as soon as the page is there; the rail has the places that stand here. */
export const SCREENS: { readonly [K in PlaceId]?: Screen } & { readonly home: Screen } = {
  home: () => <HomePlace lessons={<LessonList />} />,
  worksheets: () => <WorksheetsPlace />,
  data: () => <DataScreen />,
  stages: () => <StagesScreen />,
  load: () => <LoadPlace />,
  streams: () => <StreamsPlace />,
  tasks: () => <TasksPlace />,
  connections: () => <ConnectionsPlace />,
  history: () => <HistoryPlace />,
  learn: () => <LearnPlace />,
  settings: () => <SettingsPlace />,
};
