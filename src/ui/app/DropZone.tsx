import './DropZone.css';
import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isAbort, toSqlError } from '../../engine/index.ts';
import { Icon } from '../components/Icon.tsx';
import { engineState } from '../data/engine.ts';
import { selectOfFile, uploadFile } from '../data/uploads.ts';
import { changeWorksheet, newWorksheet, openWorksheet, tabs, worksheets } from '../data/worksheets.ts';
import { messages, useMessages } from '../lib/messages/messages.ts';
import { navigate } from '../lib/router.ts';
import { toast } from '../lib/toasts.ts';

const USER_STAGE = '@~/';

/** Files dropped anywhere on the page are copied into the user stage; what a file holds is queried in a worksheet. */
export function DropZone() {
  const { upload } = useMessages();
  const isOver = useFileDrag(uploadAll);
  if (!isOver) return null;
  return (
    <div className="drop-zone" role="status">
      <div className="drop-card">
        <Icon of={Upload} size="l" />
        <div>
          <p className="strong">{upload.drop}</p>
          <p className="dim">{upload.dropHint}</p>
        </div>
      </div>
    </div>
  );
}

/** A place with a drop target of its own keeps the event from coming here. */
function useFileDrag(take: (files: readonly File[]) => Promise<void>): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      void take([...(event.dataTransfer?.files ?? [])]);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [take]);
  return isOver;
}

async function uploadAll(files: readonly File[]): Promise<void> {
  if (engineState.get().kind !== 'Ready') return;
  const { upload } = messages();
  const { signal } = new AbortController();
  const done: File[] = [];
  for (const file of files) {
    try {
      await uploadFile(file, USER_STAGE, signal);
      done.push(file);
    } catch (error) {
      if (!isAbort(error)) toast({ title: upload.failed(file.name), text: toSqlError(error).message, isFailure: true });
    }
  }
  const [first] = done;
  if (!first) return;
  toast({ title: done.length === 1 ? upload.done(first.name) : upload.doneMany(done.length) });
  const statements = done.flatMap(({ name }) => selectOfFile(USER_STAGE + name) ?? []);
  if (statements.length > 0) showSql(first.name, statements.join('\n'));
}

/** In the worksheet that is shown if nothing is written there, else in a new one. */
function showSql(name: string, sql: string): void {
  const active = worksheets.get()?.get(tabs.get().active ?? '');
  if (active?.text.trim() === '') {
    changeWorksheet(active.id, { text: sql });
    openWorksheet(active.id);
  } else newWorksheet(name, sql);
  navigate({ place: 'worksheets' });
}
