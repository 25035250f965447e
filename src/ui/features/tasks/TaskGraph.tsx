import { ArrowRight, Clock, Workflow } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import { Dot } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { Task, TaskRun } from '../../data/tasks.ts';
import { cx } from '../../lib/cx.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { type PlacedTask, placeTasks } from './layout.ts';
import { conditionText, scheduleText } from './schedule-text.ts';
import { LastRun, type TasksViewProps } from './TaskList.tsx';

const NODE = { width: 236, height: 92 };
const GAP = { x: 64, y: 24 };
const MARGIN = 24;

const left = (column: number) => MARGIN + column * (NODE.width + GAP.x);
const top = (row: number) => MARGIN + row * (NODE.height + GAP.y);

/** The tasks as boxes with arrows to those that follow; the arrow keys go from one to the next. */
export function TaskGraph({ all, runs, selected, onSelect }: TasksViewProps) {
  const { tasks: words } = useMessages();
  const placed = useMemo(() => placeTasks(all), [all]);
  const nodes = useRef(new Map<string, HTMLButtonElement>());
  const width = left(Math.max(...placed.map(({ column }) => column)) + 1);
  const height = top(Math.max(...placed.map(({ row }) => row)) + 1);
  const move = (event: KeyboardEvent, from: PlacedTask<Task>) => {
    const next = neighbour(placed, from, event.key);
    if (!next) return;
    event.preventDefault();
    onSelect(next.task);
    nodes.current.get(next.task.name)?.focus();
  };
  return (
    <div className="task-graph">
      <div className="task-canvas" style={{ width, height }}>
        <Arrows placed={placed} width={width} height={height} />
        <ul aria-label={words.graphLabel}>
          {placed.map((place) => (
            <li key={place.task.name} style={{ left: left(place.column), top: top(place.row), ...NODE }}>
              <TaskNode
                task={place.task}
                run={runs.find(({ task }) => task === place.task.name)}
                isSelected={place.task === selected}
                hold={(element) => hold(nodes.current, place.task.name, element)}
                onSelect={() => onSelect(place.task)}
                onKeyDown={(event) => move(event, place)}
              />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function hold(nodes: Map<string, HTMLButtonElement>, name: string, element: HTMLButtonElement | null): void {
  if (element) nodes.set(name, element);
  else nodes.delete(name);
}

interface TaskNodeProps {
  readonly task: Task;
  readonly run: TaskRun | undefined;
  readonly isSelected: boolean;
  readonly hold: (element: HTMLButtonElement | null) => void;
  readonly onSelect: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function TaskNode({ task, run, isSelected, hold: ref, onSelect, onKeyDown }: TaskNodeProps) {
  const { tasks: words } = useMessages();
  return (
    <button
      ref={ref}
      type="button"
      className={cx('task-node', isSelected && 'is-selected')}
      aria-pressed={isSelected}
      onClick={onSelect}
      onKeyDown={onKeyDown}
    >
      <span className="task-node-head">
        <Icon of={Workflow} size="s" />
        <b className="cut grow">{task.name}</b>
        <span className="sr">{task.isStarted ? words.started : words.suspended}</span>
        <Dot tone={task.isStarted ? 'ok' : 'off'} />
      </span>
      <span className="task-node-line">
        <Icon of={task.after.length > 0 ? ArrowRight : Clock} size="s" />
        <span className="cut">{conditionText(task, words) ?? scheduleText(task, words)}</span>
      </span>
      <span className="task-node-line">
        <LastRun run={run} />
      </span>
    </button>
  );
}

interface ArrowsProps {
  readonly placed: readonly PlacedTask<Task>[];
  readonly width: number;
  readonly height: number;
}

function Arrows({ placed, width, height }: ArrowsProps) {
  const byName = new Map(placed.map((place) => [place.task.name, place]));
  const lines = placed.flatMap((to) =>
    to.task.after.flatMap((name) => {
      const from = byName.get(name);
      return from ? [{ key: `${name} ${to.task.name}`, d: arrow(from, to) }] : [];
    }),
  );
  return (
    <svg width={width} height={height} aria-hidden="true">
      <defs>
        <marker id="task-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path d="M1 1 L7 4 L1 7" />
        </marker>
      </defs>
      {lines.map(({ key, d }) => (
        <path key={key} d={d} markerEnd="url(#task-arrow)" />
      ))}
    </svg>
  );
}

/** From the right edge of one box to the left edge of another. */
function arrow(from: PlacedTask<Task>, to: PlacedTask<Task>): string {
  const [x1, y1] = [left(from.column) + NODE.width, top(from.row) + NODE.height / 2];
  const [x2, y2] = [left(to.column) - 2, top(to.row) + NODE.height / 2];
  const bend = GAP.x / 2;
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

const STEPS: { readonly [key: string]: readonly [column: number, row: number] } = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The nearest box in the direction of an arrow key. */
function neighbour(
  placed: readonly PlacedTask<Task>[],
  from: PlacedTask<Task>,
  key: string,
): PlacedTask<Task> | undefined {
  const [column, row] = STEPS[key] ?? [0, 0];
  const isAhead = (to: PlacedTask<Task>) =>
    column === 0
      ? row !== 0 && to.column === from.column && Math.sign(to.row - from.row) === row
      : Math.sign(to.column - from.column) === column;
  const distance = (to: PlacedTask<Task>) => Math.abs(to.column - from.column) * 1000 + Math.abs(to.row - from.row);
  return placed.filter(isAhead).sort((a, b) => distance(a) - distance(b))[0];
}
