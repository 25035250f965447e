import { useQuery } from '@tanstack/react-query';
import { SquareTerminal } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { showSql } from '../../data/open-files.ts';
import { type Pruning, parquetPruning, prunedSelect } from '../../data/parquet-anatomy.ts';
import { type FilePlace, nameOf } from '../../data/staged-file.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';

export interface PruningBarProps {
  readonly place: FilePlace;
  readonly onPruned: (pruning: Pruning | undefined) => void;
}

/** Says which row groups a condition would read, as the engine decides it; the same SELECT can be run to see that it does. */
export function PruningBar({ place, onPruned }: PruningBarProps) {
  const { preview: words } = useMessages().stages;
  const [condition, setCondition] = useState('');
  const asked = useDeferredValue(condition.trim());
  const { data, error } = useQuery({ ...parquetPruning(place, asked), enabled: asked !== '', retry: false });
  const told = asked === '' ? undefined : data;
  useEffect(() => onPruned(told), [told, onPruned]);
  return (
    <div className="toolbar pruning">
      <span className="small dim">{words.condition}</span>
      <TextField
        className="grow"
        label={words.condition}
        hideLabel
        placeholder={words.conditionHint}
        value={condition}
        onChange={setCondition}
        isMono
        size="s"
        spellCheck={false}
      />
      <span className="small num" role="status">
        {told && words.reads(format.integer(told.read.size), format.integer(told.groups), format.bytes(told.bytes))}
        {asked !== '' && error && <span className="err">{error.message}</span>}
      </span>
      <IconButton
        icon={SquareTerminal}
        size="s"
        label={words.runCondition}
        disabled={!told}
        onClick={() => showSql(nameOf(place.path), prunedSelect(place, asked))}
      />
    </div>
  );
}
