import { useRef } from 'react';
import { Splitter } from '../components/frame/Splitter.tsx';
import { useTabs, useWorksheets, type Worksheet } from '../data/worksheets.ts';
import { useIsNarrow } from '../lib/drawer.ts';
import { useMessages } from '../lib/messages/messages.ts';
import { panes, setPanes } from '../lib/panes.ts';
import { useStore } from '../lib/store.ts';
import { WorkArea } from './WorkArea.tsx';

/** The active worksheet, or two side by side where there is room for them. */
export function Sheets({ active }: { readonly active: Worksheet }) {
  const { worksheet: words } = useMessages();
  const { leftShare } = useStore(panes);
  const { split } = useTabs();
  const all = useWorksheets();
  const area = useRef<HTMLDivElement>(null);
  const [left, right] = useIsNarrow() ? [] : [all.get(split?.left ?? ''), all.get(split?.right ?? '')];
  const isSplit = left !== undefined && right !== undefined;
  return (
    <div className="sheets" ref={area}>
      <div className="sheets-left" style={isSplit ? { flex: `0 0 ${leftShare * 100}%` } : undefined}>
        <WorkArea sheet={isSplit ? left : active} isActive={!isSplit || left === active} />
      </div>
      {isSplit && (
        <>
          <Splitter
            label={words.resizeSheets}
            orientation="vertical"
            value={leftShare}
            limits={[0.2, 0.8]}
            perPixel={1 / (area.current?.clientWidth ?? 1000)}
            step={0.04}
            onChange={(share) => setPanes({ leftShare: share })}
          />
          <WorkArea sheet={right} isActive={right === active} />
        </>
      )}
    </div>
  );
}
