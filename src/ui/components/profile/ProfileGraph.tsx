import '../Boxes.css';
import { useMemo } from 'react';
import type { OperatorProfile, ProfiledOperator } from '../../../engine/index.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { type PlacedOperator, placeOperators, shareOf, timeOf } from '../../lib/profile.ts';
import { Meter } from '../Feedback.tsx';

export interface ShownProfile {
  readonly profile: OperatorProfile;
  /** The number of an operator. */
  readonly chosen: number | undefined;
  readonly onChoose: (operator: ProfiledOperator) => void;
}

const NODE = { width: 196, height: 66 };
const GAP = { x: 28, y: 40 };
const MARGIN = 20;

const left = (column: number) => MARGIN + column * (NODE.width + GAP.x);
const top = (row: number) => MARGIN + row * (NODE.height + GAP.y);

/** Operators as boxes, rows flowing up: what takes long is filled more, what hands on more rows has a wider line. */
export function ProfileGraph({ profile, chosen, onChoose }: ShownProfile) {
  const { profile: words } = useMessages();
  const placed = useMemo(() => placeOperators(profile.operators), [profile]);
  const width = left(Math.max(0, ...placed.map(({ column }) => column)) + 1);
  const height = top(Math.max(0, ...placed.map(({ row }) => row)) + 1);
  const ordered = [...placed].sort((a, b) => a.operator.id - b.operator.id);
  return (
    <section className="boxes" aria-label={words.graph}>
      <div className="boxes-canvas profile-canvas" style={{ width, height }}>
        <Edges placed={placed} width={width} height={height} />
        <ul aria-label={words.graphLabel}>
          {ordered.map(({ operator, column, row }) => (
            <li key={operator.id} style={{ left: left(column), top: top(row), ...NODE }}>
              <Node {...{ operator, profile, onChoose }} isChosen={operator.id === chosen} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

interface NodeProps extends Pick<ShownProfile, 'profile' | 'onChoose'> {
  readonly operator: ProfiledOperator;
  readonly isChosen: boolean;
}

function Node({ operator, profile, isChosen, onChoose }: NodeProps) {
  const share = shareOf(operator, profile);
  const about = operator.scan?.relation ?? operator.facts['Join Type'] ?? '';
  return (
    <button type="button" className="box profile-node" aria-pressed={isChosen} onClick={() => onChoose(operator)}>
      <span className="box-line">
        <b className="cut grow">{operator.name}</b>
        <span className="num">{format.percent(share)}</span>
      </span>
      <Meter share={share} />
      <span className="box-line">
        <span className="cut grow faint">{about}</span>
        <span className="num faint">{format.duration(timeOf(operator))}</span>
      </span>
    </button>
  );
}

interface EdgesProps {
  readonly placed: readonly PlacedOperator[];
  readonly width: number;
  readonly height: number;
}

/** The count of rows stands in the words of the list, too. */
function Edges({ placed, width, height }: EdgesProps) {
  const { profile: words } = useMessages();
  const byId = new Map(placed.map((place) => [place.operator.id, place]));
  const edges = placed.flatMap((from) => {
    const to = from.operator.parent === undefined ? undefined : byId.get(from.operator.parent);
    return to ? [{ from, to }] : [];
  });
  return (
    <svg width={width} height={height} aria-hidden="true">
      {edges.map(({ from, to }) => {
        const [x1, y1] = [left(from.column) + NODE.width / 2, top(from.row)];
        const [x2, y2] = [left(to.column) + NODE.width / 2, top(to.row) + NODE.height];
        const middle = (y1 + y2) / 2;
        const { id, rows } = from.operator;
        return (
          <g key={id}>
            <path d={`M${x1} ${y1} C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`} strokeWidth={lineWidth(rows)} />
            <text x={x2 > x1 ? x1 - 8 : x1 + 8} y={y1 - 6} textAnchor={x2 > x1 ? 'end' : 'start'}>
              {words.rows(format.integer(rows), rows === 1)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** One step wider for each tenfold. */
const lineWidth = (rows: number) => 1 + Math.log10(Math.max(1, rows)) * 0.75;
