import './DropZone.css';
import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { openFiles } from '../data/open-files.ts';
import { useMessages } from '../lib/messages/messages.ts';

/** Files dropped anywhere on the page are copied into the user stage; what a file holds is queried in a worksheet. */
export function DropZone() {
  const { upload } = useMessages();
  const isOver = useFileDrag(openFiles);
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
