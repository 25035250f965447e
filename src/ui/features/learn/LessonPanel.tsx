import './Learn.css';
import { useEffect } from 'react';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate, useRoute } from '../../lib/router.ts';
import { useStore } from '../../lib/store.ts';
import { CourseHead } from './CourseHead.tsx';
import { type CoursePlace, doneSteps, placeAt } from './progress.ts';
import { SampleGate } from './SampleGate.tsx';
import { type StepActions, StepView } from './StepView.tsx';

/** The course beside its worksheet: the address says which step is shown. */
export function LessonPanel(actions: StepActions) {
  const { learn: words } = useMessages();
  const place = usePlace();
  return (
    <section className="lesson" data-region="lesson" aria-label={words.course}>
      <CourseHead place={place} />
      <div className="lesson-body">
        <SampleGate />
        <StepView key={place.key} place={place} {...actions} />
      </div>
    </section>
  );
}

/** An address that names no step is made to: else a step that is done would give way to the next before it is seen. */
function usePlace(): CoursePlace {
  const { path } = useRoute();
  const place = placeAt(path, useStore(doneSteps));
  const isNamed = path.join('/') === place.key;
  useEffect(() => {
    if (!isNamed) navigate({ place: 'learn', path: place.key.split('/') }, { replace: true });
  }, [isNamed, place.key]);
  return place;
}
