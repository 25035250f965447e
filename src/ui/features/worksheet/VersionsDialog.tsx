import './VersionsDialog.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { DiffView } from '../../components/DiffView.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { EmptyState } from '../../components/Feedback.tsx';
import { TextField } from '../../components/Field.tsx';
import { nameVersion, type Version, versions } from '../../data/versions.ts';
import type { Worksheet } from '../../data/worksheets.ts';
import { cx } from '../../lib/cx.ts';
import { format } from '../../lib/format.ts';
import { countLines, lineDiff } from '../../lib/line-diff.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { replaceText } from './editor-handle.ts';

export interface VersionsDialogProps {
  readonly sheet: Worksheet;
  readonly onClose: () => void;
}

/** What the worksheet was when it was run, and what has changed since. */
export function VersionsDialog({ sheet, onClose }: VersionsDialogProps) {
  const { worksheet: words, common } = useMessages();
  const { data: kept } = useQuery(versions(sheet.id));
  const [chosen, setChosen] = useState<string>();
  const shown = kept?.find(({ id }) => id === chosen) ?? kept?.[0];
  return (
    <Dialog open onClose={onClose} title={words.versionsOf(sheet.name)} className="wide">
      {kept?.length === 0 && (
        <>
          <EmptyState>{words.noVersions}</EmptyState>
          <div className="dialog-foot">
            <Button onClick={onClose}>{common.close}</Button>
          </div>
        </>
      )}
      {kept && shown && (
        <div className="versions">
          <ul className="version-list" aria-label={words.versions}>
            {kept.map((version) => (
              <li key={version.id}>
                <VersionButton version={version} isShown={version === shown} onChoose={() => setChosen(version.id)} />
              </li>
            ))}
          </ul>
          <Difference key={shown.id} version={shown} sheet={sheet} onClose={onClose} />
        </div>
      )}
    </Dialog>
  );
}

interface VersionButtonProps {
  readonly version: Version;
  readonly isShown: boolean;
  readonly onChoose: () => void;
}

function VersionButton({ version, isShown, onChoose }: VersionButtonProps) {
  const at = new Date(version.at);
  const isToday = at.toDateString() === new Date().toDateString();
  return (
    <button
      type="button"
      className={cx('version num', isShown && 'is-shown')}
      aria-pressed={isShown}
      onClick={onChoose}
    >
      {isToday ? format.clock(at) : format.minute(at)}
      {version.name !== undefined && <strong className="cut"> {version.name}</strong>}
    </button>
  );
}

interface DifferenceProps extends VersionsDialogProps {
  readonly version: Version;
}

function Difference({ version, sheet, onClose }: DifferenceProps) {
  const { worksheet: words, common } = useMessages();
  const diff = lineDiff(version.text, sheet.text);
  const isSame = version.text === sheet.text;
  const [name, setName] = useState(version.name ?? '');
  const [error, setError] = useState<unknown>();
  const keepName = () => {
    if (name.trim() === (version.name ?? '')) return;
    nameVersion(version, name).then(() => setError(undefined), setError);
  };
  const restore = () => {
    replaceText(version.text);
    onClose();
  };
  return (
    <div className="version-diff">
      <p className="faint small">
        {isSame ? words.sameAsNow : words.changedSince(countLines(diff, 'Added'), countLines(diff, 'Removed'))}
      </p>
      <DiffView lines={diff} label={words.difference} />
      {error !== undefined && <ErrorCard error={error} />}
      <div className="dialog-foot">
        <TextField
          label={words.versionName}
          hideLabel
          placeholder={words.versionName}
          size="s"
          value={name}
          onChange={setName}
          onBlur={keepName}
          onKeyDown={(event) => event.key === 'Enter' && keepName()}
        />
        <Button onClick={onClose}>{common.close}</Button>
        <Button look="primary" disabled={isSame} onClick={restore}>
          {words.restore}
        </Button>
      </div>
    </div>
  );
}
