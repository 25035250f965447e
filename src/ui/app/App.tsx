import './App.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Button } from '../components/Button.tsx';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { ErrorCard } from '../components/ErrorCard.tsx';
import { Toasts } from '../components/Toasts.tsx';
import { TooltipProvider } from '../components/Tooltip.tsx';
import { queryClient } from '../data/client.ts';
import { engineState } from '../data/engine.ts';
import { assertive, polite } from '../lib/announce.ts';
import { cycleRegion, focusRegion } from '../lib/focus.ts';
import { useCommand } from '../lib/hotkeys/dispatch.ts';
import { chooseLanguage } from '../lib/language.ts';
import { setLook, useLook } from '../lib/look.ts';
import { currentLanguage, useMessages } from '../lib/messages/messages.ts';
import { useRoute } from '../lib/router.ts';
import { useStore } from '../lib/store.ts';
import { DropZone } from './DropZone.tsx';
import { Palette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { StatusLine } from './StatusLine.tsx';
import { SCREENS } from './screens.tsx';
import { TopBar } from './TopBar.tsx';

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <Frame />
        <Toasts />
      </TooltipProvider>
    </QueryClientProvider>
  );
}

function Frame() {
  const { frame } = useMessages();
  useFrameCommands();
  return (
    <div className="app">
      <button type="button" className="btn skip" onClick={() => focusRegion('main')}>
        {frame.skip}
      </button>
      <TopBar />
      <EngineFailure />
      <div className="app-body">
        <Rail />
        <CurrentPlace />
      </div>
      <StatusLine />
      <Palette />
      <Shortcuts />
      <DropZone />
      <LiveRegions />
    </div>
  );
}

function EngineFailure() {
  const state = useStore(engineState);
  const { crash } = useMessages();
  if (state.kind !== 'Failed') return null;
  return <ErrorCard error={state.error} actions={<Button onClick={() => location.reload()}>{crash.reload}</Button>} />;
}

function CurrentPlace() {
  const { place } = useRoute();
  return (
    <ErrorBoundary of={place}>
      <Suspense fallback={<div className="place" />}>{(SCREENS[place] ?? SCREENS.home)()}</Suspense>
    </ErrorBoundary>
  );
}

function useFrameCommands(): void {
  const look = useLook();
  useCommand('nextRegion', () => cycleRegion(1));
  useCommand('previousRegion', () => cycleRegion(-1));
  useCommand('focusTree', () => focusRegion('side'));
  useCommand('switchLanguage', () => chooseLanguage(currentLanguage() === 'en' ? 'zh' : 'en'));
  useCommand('switchDensity', () => setLook({ density: look.density === 'compact' ? 'comfortable' : 'compact' }));
}

/** What a screen reader is told; the same words twice are told twice. */
function LiveRegions() {
  const said = useStore(polite);
  const alarmed = useStore(assertive);
  return (
    <>
      <div className="sr" role="status" aria-live="polite">
        <span key={said.turn}>{said.text}</span>
      </div>
      <div className="sr" role="alert" aria-live="assertive">
        <span key={alarmed.turn}>{alarmed.text}</span>
      </div>
    </>
  );
}
