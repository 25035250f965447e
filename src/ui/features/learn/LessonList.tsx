import './LessonList.css';
import { CircleCheck, CircleDashed, CircleDot } from 'lucide-react';
import { Icon } from '../../components/Icon.tsx';
import { format } from '../../lib/format.ts';
import { currentLanguage, useMessages } from '../../lib/messages/messages.ts';
import { showRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { COURSE, stepKey } from './course.ts';
import type { Lesson } from './lesson.ts';
import { doneSteps, PLACES, placeAt } from './progress.ts';

/** The lessons on the home page, with how far one is in each. */
export function LessonList() {
  const { learn: words } = useMessages();
  const done = useStore(doneSteps);
  const next = placeAt([], done);
  const count = format.integer;
  return (
    <section className="home-list" aria-labelledby="home-lessons">
      <header>
        <h2 id="home-lessons">{words.course}</h2>
        <span className="faint small grow cut">{words.about(count(COURSE.length))}</span>
        <span className="faint num small">{words.progress(count(done.length), count(PLACES.length))}</span>
      </header>
      <ol>
        {COURSE.map((lesson, index) => (
          <li key={lesson.id}>
            <LessonRow lesson={lesson} number={index + 1} done={done} isNext={lesson === next.lesson} />
          </li>
        ))}
      </ol>
    </section>
  );
}

interface LessonRowProps {
  readonly lesson: Lesson;
  readonly number: number;
  readonly done: readonly string[];
  readonly isNext: boolean;
}

function LessonRow({ lesson, number, done, isNext }: LessonRowProps) {
  const { learn: words } = useMessages();
  const language = currentLanguage();
  const steps = lesson.steps.filter((step) => done.includes(stepKey(lesson, step))).length;
  const isDone = steps === lesson.steps.length;
  return (
    <a className="home-row lesson-row" href={showRoute({ place: 'learn', path: [lesson.id] })}>
      <Icon of={isDone ? CircleCheck : steps > 0 ? CircleDot : CircleDashed} className={isDone ? 'ok' : undefined} />
      <span className="faint num">{number}</span>
      <span className="home-name">{lesson.title[language]}</span>
      <span className="dim grow cut">{lesson.about[language]}</span>
      <span className="faint num small">
        {format.integer(steps)}/{format.integer(lesson.steps.length)}
      </span>
      {isNext && <span className="lesson-go">{done.length > 0 ? words.goOn : words.start}</span>}
    </a>
  );
}
