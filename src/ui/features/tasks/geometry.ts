import type { PipelineNode } from './graph.ts';
import type { Placed } from './layout.ts';

const NODE = { width: 236, height: 92 };
const PILL = { width: 188, height: 32 };
const GAP = { x: 56, y: 24 };
const MARGIN = 24;
/** How far below the top of a box the arrows from task to task run: above the pills of their row. */
const TASK_LINE = 28;

export type PlacedNode = Placed<PipelineNode>;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Canvas {
  readonly width: number;
  readonly height: number;
  boxOf(place: PlacedNode): Box;
}

/** Columns are as wide as what stands in them; a pill stands at the foot of its row. */
export function canvasOf(placed: readonly PlacedNode[]): Canvas {
  const columns = Math.max(-1, ...placed.map(({ column }) => column)) + 1;
  const widths = Array.from({ length: columns }, (_, at) =>
    placed.some(({ column, node }) => column === at && node.kind === 'Task') ? NODE.width : PILL.width,
  );
  const lefts = widths.map((_, at) => MARGIN + widths.slice(0, at).reduce((sum, width) => sum + width + GAP.x, 0));
  const rows = Math.max(-1, ...placed.map(({ row }) => row)) + 1;
  return {
    width: (lefts.at(-1) ?? 0) + (widths.at(-1) ?? 0) + MARGIN,
    height: 2 * MARGIN + rows * NODE.height + (rows - 1) * GAP.y,
    boxOf: ({ node, column, row }) => {
      const [left = 0, top] = [lefts[column], MARGIN + row * (NODE.height + GAP.y)];
      if (node.kind === 'Task') return { left, top, ...NODE };
      return { left, top: top + NODE.height - PILL.height, ...PILL };
    },
  };
}

export interface Line {
  readonly key: string;
  /** The path of an SVG. */
  readonly d: string;
  /** Rows flow along it; the others only say what comes first. */
  readonly isData: boolean;
}

/** From the right edge of what comes before to the left edge of what follows. */
export function linesOf(placed: readonly PlacedNode[], { boxOf }: Canvas): readonly Line[] {
  const byId = new Map(placed.map((place) => [place.node.id, place]));
  return placed.flatMap((to) =>
    to.node.after.flatMap((id): Line[] => {
      const from = byId.get(id);
      if (!from) return [];
      const isData = from.node.kind !== 'Task' || to.node.kind !== 'Task';
      return [{ key: `${id} > ${to.node.id}`, d: curve(boxOf(from), boxOf(to), isData), isData }];
    }),
  );
}

function curve(from: Box, to: Box, isData: boolean): string {
  const foot = (box: Box) => box.top + box.height - PILL.height / 2;
  const [y1, y2] = isData ? [foot(from), foot(to)] : [from.top + TASK_LINE, to.top + TASK_LINE];
  const [x1, x2] = [from.left + from.width, to.left - 2];
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
export function neighbour(placed: readonly PlacedNode[], from: PlacedNode, key: string): PlacedNode | undefined {
  const [column, row] = STEPS[key] ?? [0, 0];
  if (column === 0 && row === 0) return undefined;
  const isAhead = (to: PlacedNode) =>
    column === 0
      ? to.column === from.column && Math.sign(to.row - from.row) === row
      : Math.sign(to.column - from.column) === column;
  const distance = (to: PlacedNode) => Math.abs(to.column - from.column) * 1000 + Math.abs(to.row - from.row);
  return placed.filter(isAhead).sort((a, b) => distance(a) - distance(b))[0];
}
