import { Copy, ListTree, Play, RotateCcw, SquareTerminal } from 'lucide-react';
import { Button, IconButton } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { PaneHead } from '../../components/frame/Place.tsx';
import { SqlField } from '../../components/SqlField.tsx';
import { loadRun, startLoad } from '../../data/load-run.ts';
import { showSql } from '../../data/open-files.ts';
import { announce } from '../../lib/announce.ts';
import { copyText } from '../../lib/clipboard.ts';
import { format } from '../../lib/format.ts';
import { useCommand } from '../../lib/hotkeys/dispatch.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { taskText } from './load-statements.ts';
import { OptionFields } from './OptionFields.tsx';
import type { DryRunState } from './use-dry-run.ts';
import type { LoadModel } from './use-load.ts';

export interface SqlPaneProps {
  readonly model: LoadModel;
  readonly dryRun: DryRunState;
  /** What was typed in the place of what the form says. */
  readonly manual: string | undefined;
  readonly place: string;
  readonly onEdit: (sql: string | undefined) => void;
}

/** The statements of the load, its options, and the buttons that run them. */
export function SqlPane({ model, dryRun, manual, place, onEdit }: SqlPaneProps) {
  const { sql: words, keep } = useMessages().load;
  const { text, plan, tableText } = model;
  const sql = manual ?? text?.sql ?? '';
  const marks = manual === undefined ? text?.marks : undefined;
  // Before the columns are known the form says only a part.
  const isWhole = manual === undefined ? model.problem === undefined : manual.trim() !== '';
  const copy = async () => {
    await copyText(sql);
    announce(words.copied);
  };
  return (
    <div className="load-pane">
      <PaneHead
        title={
          <>
            {words.title}{' '}
            <Chip tone={manual === undefined ? undefined : 'warn'}>
              {manual === undefined ? words.live : words.byHand}
            </Chip>
          </>
        }
      >
        {manual !== undefined && (
          <IconButton icon={RotateCcw} size="s" label={words.follow} onClick={() => onEdit(undefined)} />
        )}
        <IconButton icon={Copy} size="s" label={words.copy} onClick={() => void copy()} />
      </PaneHead>
      <SqlField label={words.label} sql={sql} marks={marks} onChange={onEdit} />
      {marks !== undefined && marks.size > 0 && (
        <p className="load-legend">
          <i className="load-legend-mark" aria-hidden />
          {words.marks}
        </p>
      )}
      <OptionFields model={model} />
      <section className="load-block grow">
        <h3>{keep.title}</h3>
        <p className="dim">{keep.text}</p>
        <div className="load-buttons">
          <Button
            size="s"
            icon={ListTree}
            disabled={!plan || model.problem !== undefined}
            onClick={() => plan && showSql(keep.taskOf(tableText), taskText(plan))}
          >
            {keep.task}
          </Button>
          <Button size="s" icon={SquareTerminal} disabled={!isWhole} onClick={() => showSql(tableText, sql)}>
            {keep.worksheet}
          </Button>
        </div>
      </section>
      <RunFoot {...{ model, dryRun, manual, place, sql, isWhole }} />
    </div>
  );
}

interface RunFootProps extends Omit<SqlPaneProps, 'onEdit'> {
  readonly sql: string;
  /** The statements are ready to be run. */
  readonly isWhole: boolean;
}

function RunFoot({ model, dryRun, manual, place, sql, isWhole }: RunFootProps) {
  const { run: words, dryRun: dry, outcome } = useMessages().load;
  const running = useStore(loadRun);
  const isBusy = running !== undefined && running.outcome === undefined;
  const { chosen, loaded, form, problem } = model;
  const files = chosen.filter(({ path }) => form.isForced || !loaded.has(path));
  const size = format.bytes(files.reduce((sum, file) => sum + file.size, 0));
  const isReady = !isBusy && isWhole;
  const run = async () => {
    if (!isReady) return;
    const end = await startLoad({ place, sql, files: chosen.map(({ path }) => path) });
    if (end && !end.error)
      announce(outcome.announce(format.integer(end.files.reduce((sum, file) => sum + file.rows, 0))));
  };
  useCommand('runStatement', () => void run(), isReady);
  const why = problem && manual === undefined ? words.problems[problem] : undefined;
  return (
    <footer className="load-foot">
      {(why ?? (isBusy && running.place !== place)) && <p className="faint">{why ?? words.busy}</p>}
      <span className="grow" />
      <Button disabled={dryRun.isRunning || manual !== undefined || problem !== undefined} onClick={dryRun.start}>
        {dry.action}
      </Button>
      <Button look="primary" icon={Play} command="runStatement" disabled={!isReady} onClick={() => void run()}>
        {manual === undefined ? words.action(format.integer(files.length), files.length === 1, size) : words.manual}
      </Button>
    </footer>
  );
}
