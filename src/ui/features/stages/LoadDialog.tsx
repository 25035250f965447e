import { useQuery } from '@tanstack/react-query';
import { SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { Switch, TextField } from '../../components/Field.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { showSql } from '../../data/open-files.ts';
import { type FileColumn, type FilePlace, fileColumns, fileLines } from '../../data/staged-file.ts';
import { type FileKind, fileKind } from '../../data/uploads.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { columnsOfLines, loadStatements, looksLikeHeader } from './load-statements.ts';
import { tableName } from './name.ts';

export interface LoadDialogProps {
  readonly stage: string;
  readonly folder: string;
  /** Files of one format in that folder. */
  readonly names: readonly string[];
  readonly onClose: () => void;
}

/** Writes the CREATE TABLE and the COPY INTO that load some files, into a worksheet. */
export function LoadDialog(props: LoadDialogProps) {
  const { loadDialog: words } = useMessages().stages;
  const { stage, folder, names, onClose } = props;
  const [first = ''] = names;
  const kind = fileKind(first);
  const place = { stage, path: folder + first };
  return (
    <Dialog open onClose={onClose} title={words.title} description={words.text} className="wide">
      {kind?.reading === 'positions' && <LinesForm {...props} kind={kind} place={place} />}
      {kind && kind.reading !== 'positions' && <ColumnsForm {...props} kind={kind} place={place} />}
    </Dialog>
  );
}

interface FormProps extends LoadDialogProps {
  readonly kind: FileKind;
  readonly place: FilePlace;
}

/** The file knows its columns. */
function ColumnsForm(props: FormProps) {
  const { data, error } = useQuery(fileColumns(props.place, props.kind));
  if (error) return <ErrorCard error={error} />;
  if (!data) return <Skeleton lines={4} />;
  return <LoadForm {...props} columnsOf={() => data} />;
}

/** The columns are told from the first lines. */
function LinesForm(props: FormProps) {
  const { data, error } = useQuery(fileLines(props.place));
  if (error) return <ErrorCard error={error} />;
  if (!data) return <Skeleton lines={4} />;
  return (
    <LoadForm
      {...props}
      startsWithHeader={looksLikeHeader(data)}
      columnsOf={(hasHeader) => columnsOfLines(data, hasHeader)}
    />
  );
}

interface LoadFormProps extends FormProps {
  readonly startsWithHeader?: boolean;
  readonly columnsOf: (hasHeader: boolean) => readonly FileColumn[];
}

function LoadForm({ stage, folder, names, kind, onClose, startsWithHeader = false, columnsOf }: LoadFormProps) {
  const { stages, common } = useMessages();
  const words = stages.loadDialog;
  const [table, setTable] = useState(() => tableName(names[0] ?? ''));
  const [hasHeader, setHeader] = useState(startsWithHeader);
  const sql = loadStatements({ table, stage, folder, names, kind, columns: columnsOf(hasHeader), hasHeader });
  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        onClose();
        showSql(words.worksheet(table), sql);
      }}
    >
      <TextField label={words.table} value={table} onChange={setTable} isMono spellCheck={false} />
      {kind.reading === 'positions' && <Switch label={words.header} isOn={hasHeader} onChange={setHeader} />}
      <SqlBox sql={sql} className="load-sql" />
      <div className="dialog-foot">
        <Button onClick={onClose}>{common.cancel}</Button>
        <Button type="submit" look="primary" icon={SquareTerminal} disabled={table.trim() === ''}>
          {words.action}
        </Button>
      </div>
    </form>
  );
}
