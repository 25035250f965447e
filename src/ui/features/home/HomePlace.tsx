import './Home.css';
import { type ReactNode, Suspense } from 'react';
import { Place } from '../../components/frame/Place.tsx';
import { CommandKeys } from '../../components/Keys.tsx';
import type { CommandId } from '../../lib/hotkeys/commands.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { KeptCard } from './KeptCard.tsx';
import { OpenCard } from './OpenCard.tsx';
import { RecentWorksheets } from './RecentWorksheets.tsx';
import { SampleCard } from './SampleCard.tsx';
import { Scene } from './Scene.tsx';
import { Starters } from './Starters.tsx';

/** The first thing seen: three ways to begin, and the way back to what was begun. */
export function HomePlace({ lessons }: { readonly lessons: ReactNode }) {
  const { places, home } = useMessages();
  return (
    <Place title={places.home} isHeaded>
      <div className="home">
        <header className="home-head">
          <div className="grow">
            <h1 className="home-title">{home.title}</h1>
            <p className="home-lead">{home.lead}</p>
          </div>
          <Scene />
        </header>
        <div className="home-cards">
          <SampleCard />
          <OpenCard />
          <KeptCard />
        </div>
        <div className="home-lists">
          <div className="home-column">
            <RecentWorksheets />
            <Starters />
          </div>
          <Suspense>{lessons}</Suspense>
        </div>
        <footer className="home-keys">
          <KeyHint of="openPalette">{home.keys.palette}</KeyHint>
          <KeyHint of="runStatement">{home.keys.run}</KeyHint>
          <KeyHint of="showShortcuts">{home.keys.shortcuts}</KeyHint>
        </footer>
      </div>
    </Place>
  );
}

function KeyHint({ of, children }: { readonly of: CommandId; readonly children: string }) {
  return (
    <span className="home-key">
      <CommandKeys of={of} />
      {children}
    </span>
  );
}
