export interface GraphNode {
  readonly id: string;
  /** Ids of those that it follows. */
  readonly after: readonly string[];
}

export interface Placed<Node extends GraphNode> {
  readonly node: Node;
  /** From the left: one more than the furthest of those that it follows. */
  readonly column: number;
  readonly row: number;
}

/** A place for each node, so that every one stands to the right of those that it follows and near the first of them. */
export function placeNodes<Node extends GraphNode>(nodes: readonly Node[]): readonly Placed<Node>[] {
  const columnOf = columnsOf(nodes);
  const placed = new Map<string, Placed<Node>>();
  const nextRow = new Map<number, number>();
  for (const node of [...nodes].sort((a, b) => columnOf(a) - columnOf(b))) {
    const column = columnOf(node);
    const beside = node.after.flatMap((id) => placed.get(id)?.row ?? []);
    const row = Math.max(nextRow.get(column) ?? 0, beside.length > 0 ? Math.min(...beside) : 0);
    nextRow.set(column, row + 1);
    placed.set(node.id, { node, column, row });
  }
  return [...placed.values()];
}

function columnsOf(nodes: readonly GraphNode[]): (node: GraphNode) => number {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const followed = new Set(nodes.flatMap(({ after }) => after));
  const columns = new Map<string, number>();
  const columnOf = (node: GraphNode): number => {
    const known = columns.get(node.id);
    if (known !== undefined) return known;
    columns.set(node.id, 0);
    const before = node.after.flatMap((id) => byId.get(id) ?? []);
    const column = before.length === 0 ? 0 : 1 + Math.max(...before.map(columnOf));
    columns.set(node.id, column);
    return column;
  };
  for (const node of nodes) if (!followed.has(node.id)) columnOf(node);
  return columnOf;
}
