import { useQuery } from '@tanstack/react-query';
import { Skeleton } from '../../components/Feedback.tsx';
import { openStarter, type Starter, starterWorksheets } from '../../data/sample.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import { firstComment } from './first-line.ts';
import { inOurWords } from './starter-words.ts';

/** The worksheets that come with the console; each opens as a tab. */
export function Starters() {
  const { starters: words } = useMessages().home;
  const { data, isError } = useQuery(starterWorksheets());
  return (
    <section className="home-list" aria-labelledby="home-starters">
      <header>
        <h2 id="home-starters">{words.title}</h2>
        <span className="faint small">{words.about}</span>
      </header>
      {isError && <p className="home-none">{words.failed}</p>}
      {!data && !isError && <Skeleton lines={5} />}
      <ol>
        {inOurWords(data ?? [], words.sheets).map((starter, index) => (
          <li key={starter.file}>
            <StarterRow starter={starter} number={index + 1} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function StarterRow({ starter, number }: { readonly starter: Starter; readonly number: number }) {
  const { starters: words } = useMessages().home;
  const open = () => {
    openStarter(starter);
    navigate({ place: 'worksheets' });
  };
  return (
    <button type="button" className="home-row" onClick={open}>
      <span className="faint num">{number}</span>
      <span className="home-name">{starter.title}</span>
      <span className="dim grow cut">{words.sheets[starter.file]?.about ?? firstComment(starter.text)}</span>
    </button>
  );
}
