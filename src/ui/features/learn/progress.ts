import { persisted } from '../../lib/persisted.ts';
import type { Store } from '../../lib/store.ts';
import { COURSE, stepKey } from './course.ts';
import type { Lesson, Step } from './lesson.ts';

/** Where in the course one is. */
export interface CoursePlace {
  readonly lesson: Lesson;
  readonly step: Step;
  readonly key: string;
}

export const PLACES: readonly CoursePlace[] = COURSE.flatMap((lesson) =>
  lesson.steps.map((step) => ({ lesson, step, key: stepKey(lesson, step) })),
);

/** The steps that were right once; they outlive the page. */
export const doneSteps: Store<readonly string[]> = persisted<readonly string[]>('course', [], readSteps);

function readSteps(kept: unknown): readonly string[] | undefined {
  if (!Array.isArray(kept)) return undefined;
  return PLACES.map(({ key }) => key).filter((key) => kept.includes(key));
}

export function markDone(key: string): void {
  if (!doneSteps.get().includes(key)) doneSteps.set([...doneSteps.get(), key]);
}

/** The place that an address means: a step, a lesson's first open step, or the course's. */
export function placeAt([lesson, step]: readonly string[], done: readonly string[]): CoursePlace {
  const within = PLACES.filter((place) => place.lesson.id === lesson);
  const candidates = within.length > 0 ? within : PLACES;
  const named = within.find((place) => place.step.id === step);
  const found = named ?? candidates.find(({ key }) => !done.includes(key)) ?? candidates[0];
  if (!found) throw new Error('The course has no steps.');
  return found;
}

export function placeAfter({ key }: CoursePlace): CoursePlace | undefined {
  return PLACES[PLACES.findIndex((place) => place.key === key) + 1];
}
