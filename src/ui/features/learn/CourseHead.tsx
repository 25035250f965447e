import { Check, ChevronDown, Circle, Link, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { Meter } from '../../components/Feedback.tsx';
import { PaneHead } from '../../components/frame/Place.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/Menu.tsx';
import { copyText } from '../../lib/clipboard.ts';
import { format } from '../../lib/format.ts';
import { currentLanguage, messages, useMessages } from '../../lib/messages/messages.ts';
import { navigate, showRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { toast } from '../../lib/toasts.ts';
import { COURSE, stepKey } from './course.ts';
import type { Lesson } from './lesson.ts';
import { type CoursePlace, doneSteps, PLACES } from './progress.ts';
import { ResetDialog } from './ResetDialog.tsx';

/** How far one is, the choice of a lesson, and the steps of the one that is shown. */
export function CourseHead({ place }: { readonly place: CoursePlace }) {
  const { learn: words } = useMessages();
  const done = useStore(doneSteps);
  const [isResetting, setResetting] = useState(false);
  const count = format.integer;
  return (
    <>
      <PaneHead title={words.course}>
        <IconButton icon={Link} label={words.copyLink} onClick={() => void copyLink(place)} />
        <Button look="quiet" icon={RotateCcw} onClick={() => setResetting(true)}>
          {words.reset.action}
        </Button>
      </PaneHead>
      <div className="course-progress">
        <Meter share={done.length / PLACES.length} />
        <span className="faint num">{words.progress(count(done.length), count(PLACES.length))}</span>
      </div>
      <LessonMenu lesson={place.lesson} done={done} />
      <StepLinks place={place} done={done} />
      <ResetDialog open={isResetting} onClose={() => setResetting(false)} />
    </>
  );
}

interface LessonMenuProps {
  readonly lesson: Lesson;
  readonly done: readonly string[];
}

function LessonMenu({ lesson, done }: LessonMenuProps) {
  const { learn: words } = useMessages();
  const language = currentLanguage();
  const nameOf = (one: Lesson) => words.lesson(String(COURSE.indexOf(one) + 1), one.title[language]);
  return (
    <Menu
      label={words.lessons}
      trigger={
        <Button className="lesson-choice">
          <span className="grow cut">{nameOf(lesson)}</span>
          <Icon of={ChevronDown} size="s" />
        </Button>
      }
      entries={COURSE.map((one) => ({
        kind: 'Action',
        label: nameOf(one),
        icon: isLessonDone(one, done) ? Check : Circle,
        run: () => navigate({ place: 'learn', path: [one.id] }),
      }))}
    />
  );
}

export function isLessonDone(lesson: Lesson, done: readonly string[]): boolean {
  return lesson.steps.every((step) => done.includes(stepKey(lesson, step)));
}

function StepLinks({ place, done }: { readonly place: CoursePlace; readonly done: readonly string[] }) {
  const { learn: words } = useMessages();
  const language = currentLanguage();
  const { lesson } = place;
  return (
    <nav aria-label={words.stepsOf(lesson.title[language])}>
      <ol className="step-links">
        {lesson.steps.map((step, index) => {
          const isDone = done.includes(stepKey(lesson, step));
          const [number, title] = [String(index + 1), step.title[language]];
          return (
            <li key={step.id}>
              <a
                className={isDone ? 'step-link done' : 'step-link'}
                href={showRoute({ place: 'learn', path: [lesson.id, step.id] })}
                aria-label={isDone ? words.stepDone(number, title) : words.step(number, title)}
                aria-current={step === place.step ? 'step' : undefined}
              >
                {isDone ? <Icon of={Check} size="s" /> : number}
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

async function copyLink({ lesson, step }: CoursePlace): Promise<void> {
  const { learn: words } = messages();
  const address = location.href.replace(/#.*$/s, '') + showRoute({ place: 'learn', path: [lesson.id, step.id] });
  try {
    await copyText(address);
    toast({ title: words.linkCopied });
  } catch {
    toast({ title: words.linkNotCopied, isFailure: true });
  }
}
