import '../../components/Boxes.css';
import { useQuery } from '@tanstack/react-query';
import { FolderArchive, Waves } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { type Stream, streams } from '../../data/streams.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { showRoute } from '../../lib/router.ts';
import { canvasOf, type Line, linesOf, neighbour, type PlacedNode } from './geometry.ts';
import { type PipelineNode, pipelineNodes } from './graph.ts';
import { placeNodes } from './layout.ts';
import type { TasksViewProps } from './TaskList.tsx';
import { TaskNode } from './TaskNode.tsx';

const NO_STREAMS: readonly Stream[] = [];

/** Tasks as boxes, what they read as pills, arrows to what follows; the arrow keys go from one to the next. */
export function TaskGraph({ all, runs, selected, onSelect }: TasksViewProps) {
  const { tasks: words } = useMessages();
  const { data: known = NO_STREAMS } = useQuery(streams());
  const placed = useMemo(() => placeNodes(pipelineNodes(all, known)), [all, known]);
  const canvas = useMemo(() => canvasOf(placed), [placed]);
  const list = useRef<HTMLUListElement>(null);
  const press = (event: KeyboardEvent, from: PlacedNode) => {
    const next = neighbour(placed, from, event.key);
    if (!next) return;
    event.preventDefault();
    if (next.node.kind === 'Task') onSelect(next.node.task);
    const item = list.current?.children[placed.indexOf(next)]?.firstElementChild;
    if (item instanceof HTMLElement) item.focus();
  };
  const { width, height } = canvas;
  return (
    <div className="boxes task-graph">
      <div className="boxes-canvas task-canvas" style={{ width, height }}>
        <Arrows lines={linesOf(placed, canvas)} width={width} height={height} />
        <ul ref={list} aria-label={words.graphLabel}>
          {placed.map((place) => {
            const { node } = place;
            const onKeyDown = (event: KeyboardEvent) => press(event, place);
            return (
              <li key={node.id} style={canvas.boxOf(place)}>
                {node.kind === 'Task' ? (
                  <TaskNode
                    task={node.task}
                    run={runs.find(({ task }) => task === node.task.name)}
                    isSelected={node.task === selected}
                    onSelect={() => onSelect(node.task)}
                    onKeyDown={onKeyDown}
                  />
                ) : (
                  <SourceNode node={node} onKeyDown={onKeyDown} />
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

interface SourceNodeProps {
  readonly node: Exclude<PipelineNode, { kind: 'Task' }>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** A stage or a stream: leads to its page. */
function SourceNode({ node, onKeyDown }: SourceNodeProps) {
  const { tasks: words } = useMessages();
  const isStage = node.kind === 'Stage';
  const href = isStage
    ? showRoute({ place: 'stages', path: [node.name] })
    : showRoute({ place: 'streams', path: [node.stream.database, node.name] });
  return (
    <a className="task-source" href={href} onKeyDown={onKeyDown}>
      <Icon of={isStage ? FolderArchive : Waves} size="s" />
      <span className="sr">{words.kinds[node.kind]}</span>
      <span className="cut">{isStage ? `@${node.name}` : node.name}</span>
    </a>
  );
}

interface ArrowsProps {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

function Arrows({ lines, width, height }: ArrowsProps) {
  return (
    <svg width={width} height={height} aria-hidden="true">
      <defs>
        <marker id="task-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path d="M1 1 L7 4 L1 7" />
        </marker>
      </defs>
      {lines.map(({ key, d, isData }) => (
        <path key={key} d={d} className={isData ? 'is-data' : undefined} markerEnd="url(#task-arrow)" />
      ))}
    </svg>
  );
}
