import './TopBar.css';
import { Keyboard, Moon, PanelLeft, Search, Sun } from 'lucide-react';
import { IconButton } from '../components/Button.tsx';
import { Dot } from '../components/Chip.tsx';
import { Icon } from '../components/Icon.tsx';
import { CommandKeys } from '../components/Keys.tsx';
import { type EngineState, engineState } from '../data/engine.ts';
import { isDrawerOpen, sideOfPlace, useIsNarrow } from '../lib/drawer.ts';
import { runCommand, useCommand } from '../lib/hotkeys/dispatch.ts';
import { setLook, useIsDark } from '../lib/look.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { useStore } from '../lib/store.ts';
import { VaultLock } from './VaultLock.tsx';

export function TopBar() {
  const { frame, commands, product } = useMessages();
  return (
    <header className="top" data-region="top">
      <div className="top-end">
        <a className="brand" href="#/home">
          <BrandMark />
          <span className="brand-name">{product}</span>
        </a>
        <SideButton />
      </div>
      <button type="button" className="omni" onClick={() => runCommand('openPalette')}>
        <Icon of={Search} />
        <span className="grow cut">{commands.openPalette}</span>
        <CommandKeys of="openPalette" />
      </button>
      <div className="top-end r">
        <VaultLock />
        <EngineChip />
        <span className="top-sep" />
        <ThemeButton />
        <IconButton
          icon={Keyboard}
          label={frame.help}
          command="showShortcuts"
          onClick={() => runCommand('showShortcuts')}
        />
      </div>
    </header>
  );
}

/** On a narrow window the side pane waits behind a button. */
function SideButton() {
  const label = useStore(sideOfPlace);
  const isOpen = useStore(isDrawerOpen);
  const isNarrow = useIsNarrow();
  if (label === undefined || !isNarrow) return null;
  return <IconButton icon={PanelLeft} label={label} aria-expanded={isOpen} onClick={() => runCommand('toggleSide')} />;
}

function BrandMark() {
  return (
    <span className="brand-mark">
      <svg viewBox="0 0 22 22" fill="none" stroke="currentColor" strokeLinecap="round" aria-hidden="true">
        <path
          d="M10.3 2.55a1.1 1.1 0 0 1 1.4 0l8.1 6.6a.9.9 0 0 1-.57 1.6H17.6v4.1c-.95-.1-1.75-.5-2.3-1.05V11.5a4.3 4.3 0 0 0-8.6 0v2.3c-.55.55-1.35.95-2.3 1.05v-4.1H2.77a.9.9 0 0 1-.57-1.6z"
          fill="currentColor"
          stroke="none"
        />
        <path d="M2 18.1c1.5-1.5 3-1.5 4.5 0s3 1.5 4.5 0 3-1.5 4.5 0 3 1.5 4.5 0" strokeWidth="1.8" />
      </svg>
    </span>
  );
}

function EngineChip() {
  const { frame } = useMessages();
  const state = useStore(engineState);
  const shown = {
    Starting: { tone: 'info', words: frame.engineStarting },
    Ready: { tone: 'ok', words: frame.engineReady },
    Failed: { tone: 'err', words: frame.engineFailed },
  } as const satisfies { readonly [K in EngineState['kind']]: object };
  const { tone, words } = shown[state.kind];
  return (
    <span className="engine-chip" role="status" title={state.kind === 'Failed' ? String(state.error) : undefined}>
      <Dot tone={tone} isLive={state.kind === 'Starting'} />
      {words}
    </span>
  );
}

function ThemeButton() {
  const { frame } = useMessages();
  const dark = useIsDark();
  const turn = () => setLook({ theme: dark ? 'light' : 'dark' });
  useCommand('switchTheme', turn);
  return <IconButton icon={dark ? Sun : Moon} label={dark ? frame.useLight : frame.useDark} onClick={turn} />;
}
