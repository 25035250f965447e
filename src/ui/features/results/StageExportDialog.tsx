import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Select, TextField } from '../../components/Field.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { STAGE_EXPORTS, stageExportText } from '../../data/export.ts';
import { showSql } from '../../data/open-files.ts';
import { stages, USER_STAGE } from '../../data/stages.ts';
import { useMessages } from '../../lib/messages/messages.ts';

export interface StageExportDialogProps {
  readonly query: string;
  readonly onClose: () => void;
}

/** Where in the stages the rows go, as a statement that a worksheet then holds. */
export function StageExportDialog({ query, onClose }: StageExportDialogProps) {
  const { view: words, common } = useMessages();
  const { data: all } = useQuery(stages());
  const [stage, setStage] = useState(USER_STAGE);
  const [folder, setFolder] = useState('export/');
  const [chosen, setChosen] = useState<string>();
  const format = STAGE_EXPORTS.find((one) => one === chosen) ?? 'PARQUET';
  const below = folder.replace(/^\/+/, '').replace(/([^/])$/, '$1/');
  const sql = stageExportText(query, `@${stage}/${below}`, format);
  const names = all?.map(({ name }) => name) ?? [USER_STAGE];
  return (
    <Dialog open onClose={onClose} title={words.stageTitle} description={words.stageText}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          showSql(words.stageTitle, sql);
        }}
      >
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
          options={STAGE_EXPORTS.map((one) => ({ value: one, label: words.exports[one] }))}
        />
        <SqlBox sql={sql} />
        <div className="dialog-foot">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" look="primary">
            {words.openSql}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
