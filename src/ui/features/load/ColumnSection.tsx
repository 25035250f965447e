import { ArrowRight, TriangleAlert } from 'lucide-react';
import { Select, Switch, TextField } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { TypeNameGlyph } from '../../components/TypeGlyph.tsx';
import { cx } from '../../lib/cx.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import type { FoundType } from './columns.ts';
import type { ColumnEdit, Mapping } from './load-plan.ts';
import { Section } from './Section.tsx';
import type { LoadModel } from './use-load.ts';

/** The columns of all files as one, each with its place in the table, its type and the expression that gives its values. */
export function ColumnSection({ model }: { readonly model: LoadModel }) {
  const { columns: words } = useMessages().load;
  const { merged, plan, shapes, kind, form, change, target } = model;
  const mappings = plan?.mappings ?? [];
  const disputed = mappings.filter(({ isDisputed }) => isDisputed).length;
  const edit = (id: string, part: ColumnEdit) =>
    change({ edits: { ...form.edits, [id]: { ...form.edits[id], ...part } } });
  const by = kind?.reading === 'positions' ? words.by.position : words.by.name;
  const read = shapes.columns.size;
  return (
    <Section
      title={words.title}
      facts={<span className="faint num">{words.merged(format.integer(read), read === 1, by)}</span>}
      end={
        disputed > 0 && (
          <span className="load-disputed warn">
            <Icon of={TriangleAlert} />
            {words.disagree(format.integer(disputed), disputed === 1)}
          </span>
        )
      }
    >
      {kind?.reading === 'positions' && <TextOptions model={model} />}
      <div className="load-columns" role="table" aria-label={words.table} aria-rowcount={merged.length + 1}>
        <div className="load-column is-head" role="row">
          <span role="columnheader" className="sr">
            {words.heads.mark}
          </span>
          <span role="columnheader">{words.heads.column}</span>
          <span role="columnheader">{words.heads.found}</span>
          <span role="columnheader">{words.heads.target}</span>
          <span role="columnheader">{words.heads.type}</span>
          <span role="columnheader">{words.heads.expr}</span>
          <span role="columnheader">{words.heads.sample}</span>
        </div>
        {mappings.map((mapping) => (
          <ColumnRow
            key={mapping.id}
            mapping={mapping}
            targets={target?.map(({ name }) => name)}
            sample={shapes.samples.get(mapping.id)}
            onEdit={(part) => edit(mapping.id, part)}
          />
        ))}
      </div>
    </Section>
  );
}

function TextOptions({ model: { form, change, shapes } }: { readonly model: LoadModel }) {
  const { columns: words } = useMessages().load;
  return (
    <div className="load-text-options">
      <Switch
        label={words.header}
        isOn={form.hasHeader ?? shapes.startsWithHeader}
        onChange={(hasHeader) => change({ hasHeader, edits: {} })}
      />
      <TextField
        label={words.nullText}
        value={form.nullText}
        onChange={(nullText) => change({ nullText })}
        className="load-null"
        size="s"
        isMono
        spellCheck={false}
      />
    </div>
  );
}

interface ColumnRowProps {
  readonly mapping: Mapping;
  /** Columns of a table that is there. */
  readonly targets: readonly string[] | undefined;
  readonly sample: string | undefined;
  readonly onEdit: (part: ColumnEdit) => void;
}

const TYPES: readonly string[] = [
  ...['BOOLEAN', 'TINYINT', 'SMALLINT', 'INT', 'BIGINT', 'FLOAT', 'DOUBLE', 'DECIMAL(18, 2)', 'DATE', 'TIMESTAMP'],
  ...['VARCHAR', 'BINARY', 'VARIANT'],
];

function ColumnRow({ mapping, targets, sample, onEdit }: ColumnRowProps) {
  const { columns: words } = useMessages().load;
  const { column, isOn, type, expr, isDisputed, isNew } = mapping;
  const types = TYPES.includes(type) ? TYPES : [type, ...TYPES];
  return (
    <div className={cx('load-column', isDisputed && 'is-disputed', !isOn && 'is-off')} role="row">
      <span role="cell" className="load-mark">
        <input
          type="checkbox"
          className="load-check"
          aria-label={words.mark(column.name)}
          checked={isOn}
          onChange={() => onEdit({ isOn: !isOn })}
        />
      </span>
      <span role="cell" className="load-name">
        <TypeNameGlyph name={column.type} />
        <span className="cut" title={column.name}>
          {column.name}
        </span>
      </span>
      <span role="cell" className="load-found">
        <Found mapping={mapping} />
        <Icon of={ArrowRight} size="s" />
      </span>
      <span role="cell">
        <TargetField {...{ mapping, targets, onEdit }} />
      </span>
      <span role="cell">
        {targets && !isNew ? (
          <span className="mono cut dim">{type}</span>
        ) : (
          <Select
            label={words.type(column.name)}
            hideLabel
            look="quiet"
            size="s"
            value={type}
            onChange={(next) => onEdit({ type: next })}
            options={types.map((name) => ({ value: name, label: name }))}
          />
        )}
      </span>
      <span role="cell">
        <TextField
          label={words.expr(column.name)}
          hideLabel
          size="s"
          look="quiet"
          isMono
          spellCheck={false}
          disabled={!isOn}
          value={expr}
          onChange={(next) => onEdit({ expr: next })}
        />
      </span>
      <span role="cell" className="mono faint cut" title={sample}>
        {sample}
      </span>
    </div>
  );
}

function Found({ mapping: { column } }: { readonly mapping: Mapping }) {
  const { columns: words } = useMessages().load;
  const others = column.found.filter(({ type }) => type !== column.type);
  const say = ({ type, files }: FoundType) => words.inFiles(type, format.integer(files.length), files.length === 1);
  const missing = column.missing.length;
  return (
    <span className="cut grow">
      <span className="dim">{column.type}</span>
      {others.map((one) => (
        <span key={one.type} className="warn" title={one.files.join('\n')}>
          {say(one)}
        </span>
      ))}
      {missing > 0 && (
        <span className="warn" title={column.missing.join('\n')}>
          {words.missing(format.integer(missing), missing === 1)}
        </span>
      )}
    </span>
  );
}

type TargetFieldProps = Pick<ColumnRowProps, 'mapping' | 'targets' | 'onEdit'>;

/** A name for a new table; one of the columns of a table that is there, or one more. */
function TargetField({ mapping: { column, target }, targets, onEdit }: TargetFieldProps) {
  const { columns: words } = useMessages().load;
  const label = words.target(column.name);
  if (!targets)
    return (
      <TextField
        {...{ label, value: target }}
        hideLabel
        look="quiet"
        size="s"
        spellCheck={false}
        onChange={(next) => onEdit({ target: next })}
      />
    );
  const options = targets.map((name) => ({ value: name, label: name }));
  const added = targets.includes(column.name) ? [] : [{ value: column.name, label: words.add(column.name) }];
  return (
    <Select
      {...{ label, value: target }}
      hideLabel
      look="quiet"
      size="s"
      onChange={(next) => onEdit({ target: next, isOn: true })}
      options={[...options, ...added]}
    />
  );
}
