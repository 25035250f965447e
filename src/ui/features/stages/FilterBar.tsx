import { Search } from 'lucide-react';
import { TextField } from '../../components/Field.tsx';
import { Segments } from '../../components/Tabs.tsx';
import type { FilterKind } from '../../data/folders.ts';
import { useMessages } from '../../lib/messages/messages.ts';

export interface Filter {
  readonly kind: FilterKind;
  readonly text: string;
}

export interface FilterBarProps {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  /** The text is no pattern of its kind. */
  readonly isBad: boolean;
}

const KINDS = ['name', 'glob', 'regex'] as const;

export function FilterBar({ filter, onChange, isBad }: FilterBarProps) {
  const { stages: words } = useMessages();
  return (
    <>
      <TextField
        className="folder-filter"
        label={words.filter}
        placeholder={words.filter}
        hideLabel
        look="quiet"
        size="s"
        icon={Search}
        isMono={filter.kind !== 'name'}
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
        aria-invalid={isBad}
        type="search"
        spellCheck={false}
      />
      <Segments
        label={words.filterKind}
        items={KINDS.map((id) => ({ id, label: words.filterKinds[id] }))}
        value={filter.kind}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      {isBad && <span className="err small">{words.badPattern}</span>}
    </>
  );
}
