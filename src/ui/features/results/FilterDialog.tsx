import { useId, useState } from 'react';
import type { Column } from '../../../engine/index.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { Select, TextField } from '../../components/Field.tsx';
import { SqlBox } from '../../components/SqlText.tsx';
import { filterText, type ViewFilter } from '../../data/result-view.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { FILTER_KINDS, type FilterForm, filterOf } from './filter-form.ts';

export interface FilterDialogProps {
  readonly columns: readonly Column[];
  readonly column: string;
  readonly onClose: () => void;
  readonly onFilter: (filter: ViewFilter) => void;
}

/** One condition on a column, with the words that it becomes. */
export function FilterDialog({ columns, column, onClose, onFilter }: FilterDialogProps) {
  const { view: words } = useMessages();
  const [form, setForm] = useState<FilterForm>({ column, kind: '=', value: '', high: '' });
  const change = (part: Partial<FilterForm>) => setForm((before) => ({ ...before, ...part }));
  const filter = filterOf(form, columns);
  const apply = () => {
    if (filter) onFilter(filter);
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={words.filterTitle}>
      <DialogForm action={words.apply} isReady={filter !== undefined} onClose={onClose} onSubmit={apply}>
        <Select
          label={words.column}
          value={form.column}
          onChange={(name) => change({ column: name })}
          options={columns.map(({ name }) => ({ value: name, label: name }))}
        />
        <Select
          label={words.how}
          value={form.kind}
          onChange={(text) => change({ kind: FILTER_KINDS.find((kind) => kind === text) ?? '=' })}
          options={FILTER_KINDS.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
        />
        <ValueFields form={form} onChange={change} />
        {filter && <SqlBox sql={`WHERE ${filterText(filter)}`} />}
      </DialogForm>
    </Dialog>
  );
}

interface ValueFieldsProps {
  readonly form: FilterForm;
  readonly onChange: (part: Partial<FilterForm>) => void;
}

function ValueFields({ form: { kind, value, high }, onChange }: ValueFieldsProps) {
  const { view: words } = useMessages();
  const id = useId();
  const set = (text: string) => onChange({ value: text });
  if (kind === 'Null' || kind === 'NotNull') return null;
  if (kind === 'OneOf')
    return (
      <div className="field">
        <label className="field-label" htmlFor={id}>
          {words.values}
        </label>
        <textarea
          id={id}
          className="filter-values mono"
          rows={4}
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      </div>
    );
  if (kind !== 'Between')
    return <TextField label={words.value} value={value} onChange={set} isMono spellCheck={false} />;
  return (
    <div className="filter-ends">
      <TextField label={words.low} value={value} onChange={set} isMono spellCheck={false} />
      <TextField
        label={words.high}
        value={high}
        onChange={(text) => onChange({ high: text })}
        isMono
        spellCheck={false}
      />
    </div>
  );
}
