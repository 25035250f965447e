import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Save } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { Switch } from '../../components/Field.tsx';
import { type FilePlace, nameOf } from '../../data/staged-file.ts';
import { detectedOptions, type TextOptions, type TextPreview, textPreview } from '../../data/text-file.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { SaveFormatDialog } from './SaveFormatDialog.tsx';
import { TextOptionBar } from './TextOptionBar.tsx';
import { TextTable } from './TextTable.tsx';

/** The records of a file of fields as its options read them: found at first, then as they are chosen. */
export function TextView({ place }: { readonly place: FilePlace }) {
  const { data: detected, error } = useQuery(detectedOptions(place));
  const [chosen, setChosen] = useState<Partial<TextOptions>>({});
  if (error) return <ErrorCard error={error} />;
  if (!detected) return <Skeleton lines={8} />;
  const change = (part: Partial<TextOptions>) => setChosen((before) => ({ ...before, ...part }));
  return <TextRecords place={place} options={{ ...detected, ...chosen }} detected={detected} onChange={change} />;
}

interface TextRecordsProps {
  readonly place: FilePlace;
  readonly options: TextOptions;
  readonly detected: TextOptions;
  readonly onChange: (part: Partial<TextOptions>) => void;
}

function TextRecords({ place, options, detected, onChange }: TextRecordsProps) {
  const { text: words } = useMessages().stages;
  const [isBadOnly, setBadOnly] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const { data, error } = useQuery({ ...textPreview(place, options), placeholderData: keepPreviousData, retry: false });
  const bad = data ? badCells(data) : 0;
  return (
    <div className="text-view">
      <TextOptionBar options={options} detected={detected} onChange={onChange}>
        <Button size="s" icon={Save} onClick={() => setSaving(true)}>
          {words.save}
        </Button>
      </TextOptionBar>
      {error && <ErrorCard error={error} />}
      {!data && !error && <Skeleton lines={8} />}
      {data && <TextTable label={words.records(nameOf(place.path))} preview={data} isBadOnly={isBadOnly && bad > 0} />}
      {data && (
        <div className="preview-foot text-foot">
          <span className={bad > 0 ? 'warn' : undefined} role="status">
            {bad > 0 ? words.bad(format.integer(bad), bad === 1) : words.allFit}
          </span>
          {bad > 0 && <Switch label={words.badOnly} isOn={isBadOnly} onChange={setBadOnly} />}
          <span className="grow" />
          <span className="faint num">{words.scanned(format.integer(data.scanned), data.scanned === 1)}</span>
        </div>
      )}
      {isSaving && data && (
        <SaveFormatDialog
          place={place}
          options={options}
          columns={data.columns.length}
          onClose={() => setSaving(false)}
        />
      )}
    </div>
  );
}

/** A record of the wrong width counts as one. */
function badCells({ records }: TextPreview): number {
  return records.reduce((sum, { bad, isWrongWidth }) => sum + bad.size + Number(isWrongWidth), 0);
}
