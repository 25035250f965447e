import { useMemo } from 'react';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { RowTable, type RowTableColumn } from '../../components/RowTable.tsx';
import { format } from '../../lib/format.ts';
import { type Messages, useMessages } from '../../lib/messages/messages.ts';
import { differences } from './columns.ts';
import type { LoadFile } from './load-files.ts';
import { NoFiles } from './NoFiles.tsx';
import { Section } from './Section.tsx';
import type { LoadModel } from './use-load.ts';

type Words = Messages['load']['files'];

/** The files, each with its size, whether it was loaded before, and where its columns differ from the others'. */
export function FileSection({ model }: { readonly model: LoadModel }) {
  const { files: words } = useMessages().load;
  const { listed, chosen, loaded, form, change } = model;
  const size = format.bytes(chosen.reduce((sum, file) => sum + file.size, 0));
  const before = chosen.filter(({ path }) => loaded.has(path)).length;
  const toggle = ({ path }: LoadFile) => change({ skipped: toggled(form.skipped, path) });
  const chosenPaths = useMemo(() => new Set(chosen.map(({ path }) => path)), [chosen]);
  const isWhole = chosen.length === listed.length;
  const columns = fileHeads({ words, model, chosen: chosenPaths, toggle });
  if (listed.length === 0) {
    return (
      <Section title={words.title}>
        <NoFiles model={model} />
      </Section>
    );
  }
  return (
    <Section
      title={words.title}
      facts={
        <span className="faint num">
          {words.counts(format.integer(chosen.length), format.integer(listed.length), size)}
        </span>
      }
      end={
        <>
          {before > 0 && !form.isForced && (
            <span className="faint">{words.loaded(format.integer(before), before === 1)}</span>
          )}
          {listed.length > 1 && (
            <Button
              size="s"
              look="quiet"
              onClick={() => change({ skipped: new Set(isWhole ? listed.map(({ path }) => path) : []) })}
            >
              {isWhole ? words.markNone : words.markAll}
            </Button>
          )}
        </>
      }
    >
      <div className="load-box" style={{ height: `calc(var(--row) * ${Math.min(9, listed.length + 1)})` }}>
        <RowTable
          label={words.list}
          columns={columns}
          rows={listed}
          keyOf={({ path }) => path}
          onKey={(event, file) => {
            if (event.key !== ' ') return false;
            toggle(file);
            return true;
          }}
        />
      </div>
    </Section>
  );
}

function toggled(paths: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(paths);
  if (!next.delete(path)) next.add(path);
  return next;
}

interface HeadsRequest {
  readonly words: Words;
  readonly model: LoadModel;
  readonly chosen: ReadonlySet<string>;
  readonly toggle: (file: LoadFile) => void;
}

function fileHeads({ words, model, chosen, toggle }: HeadsRequest): readonly RowTableColumn<LoadFile>[] {
  const { heads } = words;
  const { shapes, loaded } = model;
  return [
    {
      ...{ id: 'mark', head: heads.mark, width: '14px', isHeadHidden: true },
      show: (file) => (
        <input
          type="checkbox"
          className="load-check"
          aria-label={words.mark(file.name)}
          checked={chosen.has(file.path)}
          onChange={() => toggle(file)}
        />
      ),
    },
    {
      ...{ id: 'file', head: heads.file, width: 'minmax(140px, 1.2fr)' },
      show: ({ name }) => (
        <span className="cut" title={name}>
          {name}
        </span>
      ),
      compare: (a, b) => a.name.localeCompare(b.name),
    },
    {
      ...{ id: 'size', head: heads.size, width: '76px', isEnd: true },
      show: ({ size }) => format.bytes(size),
      compare: (a, b) => a.size - b.size,
    },
    {
      ...{ id: 'rows', head: heads.rows, width: '72px', isEnd: true },
      show: ({ path }) => {
        const facts = shapes.facts.get(path);
        return facts && format.integer(facts.rows);
      },
    },
    {
      ...{ id: 'writer', head: heads.writer, width: 'minmax(60px, 0.8fr)' },
      show: ({ path }) => <span className="dim cut">{shapes.facts.get(path)?.createdBy}</span>,
    },
    {
      ...{ id: 'state', head: heads.state, width: '76px' },
      show: ({ path }) => {
        const at = loaded.get(path);
        if (!at) return <span className="faint">{words.isFresh}</span>;
        return (
          <Chip tone="ok" title={words.loadedAt(format.minute(at))}>
            {words.isLoaded}
          </Chip>
        );
      },
    },
    {
      ...{ id: 'schema', head: heads.schema, width: 'minmax(140px, 1.6fr)' },
      show: (file) => chosen.has(file.path) && <SchemaState file={file} model={model} />,
    },
  ];
}

/** Whether a file has the columns that the others have. */
function SchemaState({ file, model }: { readonly file: LoadFile; readonly model: LoadModel }) {
  const { files: words } = useMessages().load;
  const { shapes, merged } = model;
  const failure = shapes.failures.get(file.path);
  if (failure)
    return (
      <Chip tone="err" title={failure.message}>
        {words.failed}
      </Chip>
    );
  if (!shapes.columns.has(file.path))
    return <span className="faint">{shapes.isReading ? words.reading : words.unread}</span>;
  const differing = differences(file.path, merged);
  if (differing.length === 0) return <span className="faint">{words.agrees(format.integer(merged.length))}</span>;
  return (
    <>
      <Chip tone="warn">{words.differs(format.integer(differing.length), differing.length === 1)}</Chip>
      <span className="dim cut" title={differing.join(', ')}>
        {differing.join(', ')}
      </span>
    </>
  );
}
