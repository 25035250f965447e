import { useQuery } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import { Chip } from '../../components/Chip.tsx';
import { Select, TextField } from '../../components/Field.tsx';
import { allTables, isSystemDatabase } from '../../data/catalog.ts';
import type { Stage } from '../../data/stages.ts';
import type { FileKind } from '../../data/uploads.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { navigate } from '../../lib/router.ts';
import { foldersOf } from './load-files.ts';
import type { LoadModel } from './use-load.ts';

export interface SourceBarProps {
  readonly model: LoadModel;
  readonly stages: readonly Stage[];
}

/** Where the files lie, which of them, and which table they go into. */
export function SourceBar({ model, stages }: SourceBarProps) {
  const { source: words } = useMessages().load;
  const { stage, folder, form, change, staged, all, kind, isPatternBad } = model;
  const folders = useMemo(() => foldersOf(staged ?? []), [staged]);
  const kinds = [...new Set(all.map((file) => file.kind.format))];
  return (
    <div className="load-source">
      <Select
        label={words.stage}
        value={stage}
        onChange={(name) => show(name, '')}
        options={withCurrent(
          stages.map(({ name }) => name),
          stage,
        ).map((name) => ({ value: name, label: `@${name}` }))}
      />
      <Select
        label={words.folder}
        value={folder}
        onChange={(path) => show(stage, path)}
        options={withCurrent(folders, folder).map((path) => ({ value: path, label: path === '' ? words.root : path }))}
      />
      <Select
        label={words.format}
        value={kind?.format ?? ''}
        onChange={(next) =>
          change({ format: kinds.find((one) => one === next) satisfies FileKind['format'] | undefined })
        }
        options={withCurrent<string>(kinds, kind?.format ?? '').map((name) => ({
          value: name,
          label: name || words.anyFormat,
        }))}
      />
      <TextField
        label={words.pattern}
        value={form.pattern}
        onChange={(pattern) => change({ pattern, skipped: new Set() })}
        placeholder={words.patternHint}
        isMono
        spellCheck={false}
        problem={isPatternBad ? words.badPattern : undefined}
      />
      <TableField model={model} />
    </div>
  );
}

/** The table is named; whether there is one by that name decides what the name means. */
function TableField({ model }: { readonly model: LoadModel }) {
  const { source: words } = useMessages().load;
  const { tableText, target, change } = model;
  const { data: tables } = useQuery(allTables());
  const list = useId();
  const known = (tables ?? []).filter(({ kind, database }) => kind === 'Table' && !isSystemDatabase(database));
  return (
    <>
      <TextField
        label={words.table}
        value={tableText}
        onChange={(table) => change({ table })}
        list={list}
        isMono
        spellCheck={false}
        className="load-table"
        end={
          <Chip tone={target ? undefined : 'accent'}>
            {target ? words.isThere(format.integer(target.length)) : words.isNew}
          </Chip>
        }
      />
      <datalist id={list}>
        {known.map(({ database, name }) => (
          <option key={`${database}.${name}`} value={database === 'default' ? name : `${database}.${name}`} />
        ))}
      </datalist>
    </>
  );
}

function show(stage: string, folder: string): void {
  navigate({ place: 'load', path: [stage, ...folder.split('/').filter(Boolean)] });
}

/** The list, with what is chosen in it even before the list has come. */
function withCurrent<T extends string>(list: readonly T[], current: T): readonly T[] {
  return list.includes(current) ? list : [current, ...list];
}
