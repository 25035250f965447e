import { Plus, SquareTerminal } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SqlText } from '../../components/SqlText.tsx';
import { freeName, newWorksheet, openWorksheet, useWorksheets, type Worksheet } from '../../data/worksheets.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import { firstStatementLine } from './first-line.ts';

const SHOWN = 6;
/** What was written last, newest first. */
export function RecentWorksheets() {
  const { home, worksheet } = useMessages();
  const written = [...useWorksheets().values()].filter(({ text }) => text.trim() !== '');
  const recent = written.sort((a, b) => b.changedAt - a.changedAt).slice(0, SHOWN);
  const open = (id: string) => {
    openWorksheet(id);
    navigate({ place: 'worksheets' });
  };
  const add = () => open(newWorksheet(freeName(worksheet.untitled)).id);
  return (
    <section className="home-list" aria-labelledby="home-recent">
      <header>
        <h2 id="home-recent" className="grow">
          {home.recent.title}
        </h2>
        <Button look="quiet" size="s" icon={Plus} onClick={add}>
          {home.recent.new}
        </Button>
      </header>
      {recent.length === 0 && <p className="home-none">{home.recent.none}</p>}
      <ul>
        {recent.map((sheet) => (
          <li key={sheet.id}>
            <RecentRow sheet={sheet} onOpen={() => open(sheet.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecentRow({ sheet, onOpen }: { readonly sheet: Worksheet; readonly onOpen: () => void }) {
  const { recent } = useMessages().home;
  return (
    <button type="button" className="home-row" onClick={onOpen}>
      <Icon of={SquareTerminal} />
      <span className="home-name">{sheet.name}</span>
      <SqlText sql={firstStatementLine(sheet.text)} className="home-line grow cut" />
      <span className="faint num small">{when(new Date(sheet.changedAt), new Date(), recent)}</span>
    </button>
  );
}

function when(time: Date, now: Date, words: Messages['home']['recent']): string {
  const day = (date: Date) => format.minute(date).slice(0, 10);
  if (day(time) === day(now)) return words.today(format.minute(time).slice(11));
  if (day(time) === day(new Date(now.getTime() - 24 * 60 * 60 * 1000))) return words.yesterday;
  return day(time);
}
