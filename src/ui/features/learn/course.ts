import type { Lesson, Step } from './lesson.ts';
import { analyticsLesson } from './lessons/analytics.ts';
import { copyLesson } from './lessons/copy.ts';
import { errorsLesson } from './lessons/errors.ts';
import { geoLesson } from './lessons/geo.ts';
import { jsonLesson } from './lessons/json.ts';
import { peekLesson } from './lessons/peek.ts';
import { stageLesson } from './lessons/stage.ts';
import { streamsLesson } from './lessons/streams.ts';
import { tasksLesson } from './lessons/tasks.ts';
import { travelLesson } from './lessons/travel.ts';
import { vectorsLesson } from './lessons/vectors.ts';

/** The CityDrive course, in the order in which it is taught. */
export const COURSE: readonly Lesson[] = [
  stageLesson,
  peekLesson,
  copyLesson,
  analyticsLesson,
  errorsLesson,
  streamsLesson,
  tasksLesson,
  jsonLesson,
  geoLesson,
  vectorsLesson,
  travelLesson,
];

/** Removes what the lessons made, whatever of it there is. */
export const CLEAN_UP: readonly string[] = [
  'DROP TASK IF EXISTS course_count;',
  'DROP STREAM IF EXISTS course_new_alerts;',
  'DROP STREAM IF EXISTS course_mark;',
  ...['course_alerts', 'course_report', 'course_counts', 'course_notes', 'course_speeds'].map(
    (table) => `DROP TABLE IF EXISTS ${table};`,
  ),
  'DROP STAGE IF EXISTS course_stage;',
];

/** The name under which a step is kept as done and found in an address. */
export function stepKey(lesson: Lesson, step: Step): string {
  return `${lesson.id}/${step.id}`;
}
