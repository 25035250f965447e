import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { Select, TextField } from '../../components/Field.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { EXPORTS, stageExportText } from '../../data/export.ts';
import { showSql } from '../../data/open-files.ts';
import { stages, USER_STAGE } from '../../data/stages.ts';
import { useMessages } from '../../lib/messages/messages.ts';

export interface StageExportDialogProps {
  readonly query: string;
  /** No statement writes Arrow files: the console does. */
  readonly onArrow: (stage: string) => void;
  readonly onClose: () => void;
}

/** Where in the stages the rows go, as a statement that a worksheet then holds. */
export function StageExportDialog({ query, onArrow, onClose }: StageExportDialogProps) {
  const { view: words } = useMessages();
  const { data: all } = useQuery(stages());
  const [stage, setStage] = useState(USER_STAGE);
  const [folder, setFolder] = useState('export/');
  const [chosen, setChosen] = useState<string>();
  const format = EXPORTS.find((one) => one === chosen) ?? 'PARQUET';
  const below = folder.replace(/^\/+/, '').replace(/([^/])$/, '$1/');
  const place = `@${stage}/${below}`;
  const sql = format === 'ARROW' ? undefined : stageExportText(query, place, format);
  const finish = () => {
    onClose();
    if (sql === undefined) onArrow(place);
    else showSql(words.stageTitle, sql);
  };
  const names = all?.map(({ name }) => name) ?? [USER_STAGE];
  return (
    <Dialog open onClose={onClose} title={words.stageTitle} description={words.stageText}>
      <DialogForm action={sql === undefined ? words.export : words.openSql} onClose={onClose} onSubmit={finish}>
        <Select
          label={words.stage}
          value={stage}
          onChange={setStage}
          options={names.map((name) => ({ value: name, label: `@${name}` }))}
        />
        <TextField label={words.folder} value={folder} onChange={setFolder} isMono spellCheck={false} />
        <Select
          label={words.format}
          value={format}
          onChange={setChosen}
          options={EXPORTS.map((one) => ({ value: one, label: words.exports[one] }))}
        />
        {sql === undefined ? <p className="faint">{words.stageArrow}</p> : <SqlBox sql={sql} />}
      </DialogForm>
    </Dialog>
  );
}
