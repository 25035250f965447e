import { Download, Search, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { Select, TextField } from '../../components/Field.tsx';
import { saveText } from '../../data/download.ts';
import { type History, type HistoryFilter, historyLines } from '../../data/history.ts';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { CLEAR, clearHistory } from './actions.ts';

export interface HistoryBarProps {
  readonly filter: HistoryFilter;
  readonly onFilter: (filter: HistoryFilter) => void;
  /** Undefined until it is there. */
  readonly data: History | undefined;
}

/** What is searched for, how much was found, and what can be done with all of it. */
export function HistoryBar({ filter, onFilter, data }: HistoryBarProps) {
  const { history: words } = useMessages();
  const [isClearing, setClearing] = useState(false);
  return (
    <div className="toolbar history-bar">
      <TextField
        className="history-search"
        label={words.search}
        placeholder={words.search}
        hideLabel
        look="quiet"
        size="s"
        icon={Search}
        type="search"
        value={filter.text}
        onChange={(text) => onFilter({ ...filter, text })}
        spellCheck={false}
      />
      <Choice
        label={words.state}
        of={words.states}
        value={filter.state}
        onChange={(state) => onFilter({ ...filter, state })}
      />
      <Choice
        label={words.kind}
        of={words.kinds}
        value={filter.kind}
        onChange={(kind) => onFilter({ ...filter, kind })}
      />
      <Choice
        label={words.took}
        of={words.tooks}
        value={filter.took}
        onChange={(took) => onFilter({ ...filter, took })}
      />
      <Choice
        label={words.time}
        of={words.times}
        value={filter.time}
        onChange={(time) => onFilter({ ...filter, time })}
      />
      <span className="grow" />
      {data && (
        <span className="faint num small" role="status">
          {countWords(data, words)}
        </span>
      )}
      <IconButton
        icon={Download}
        label={words.export}
        disabled={!data?.count}
        onClick={() => data && saveText(words.exportName, historyLines(data.statements))}
      />
      <IconButton icon={Trash2} label={words.clear} disabled={!data} onClick={() => setClearing(true)} />
      <ConfirmDialog
        open={isClearing}
        onClose={() => setClearing(false)}
        onConfirm={() => void clearHistory()}
        title={words.clearTitle}
        description={words.clearText}
        action={words.clear}
        sql={CLEAR}
      />
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly of: { readonly [K in Value]: string };
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** `all` stands first, whatever the names of the others. */
function Choice<Value extends string>({ label, of, value, onChange }: ChoiceProps<Value>) {
  const values = Object.keys(of).filter((name): name is Value => name in of);
  const ordered = [...values].sort((a, b) => Number(b === 'all') - Number(a === 'all'));
  return (
    <Select
      label={label}
      hideLabel
      size="s"
      value={value}
      options={ordered.map((name) => ({ value: name, label: of[name] }))}
      onChange={(next) => {
        const chosen = values.find((name) => name === next);
        if (chosen !== undefined) onChange(chosen);
      }}
    />
  );
}

function countWords({ statements, count }: History, words: Messages['history']): string {
  if (statements.length < count) return words.newest(format.integer(statements.length), format.integer(count));
  return words.count(format.integer(count), count === 1);
}
