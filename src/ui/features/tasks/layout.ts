export interface GraphTask {
  readonly name: string;
  readonly after: readonly string[];
}

export interface PlacedTask<Node extends GraphTask> {
  readonly task: Node;
  /** From the left: one more than the furthest of those that it follows. */
  readonly column: number;
  readonly row: number;
}

/** A place for each task, so that every task stands to the right of those that it follows and near the first of them. */
export function placeTasks<Node extends GraphTask>(tasks: readonly Node[]): readonly PlacedTask<Node>[] {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const placed = new Map<string, PlacedTask<Node>>();
  const nextRow = new Map<number, number>();
  const columns = new Map<string, number>();
  const columnOf = (task: Node): number => {
    const known = columns.get(task.name);
    if (known !== undefined) return known;
    columns.set(task.name, 0);
    const before = task.after.flatMap((name) => byName.get(name) ?? []);
    const column = before.length === 0 ? 0 : 1 + Math.max(...before.map(columnOf));
    columns.set(task.name, column);
    return column;
  };
  for (const task of [...tasks].sort((a, b) => columnOf(a) - columnOf(b))) {
    const column = columnOf(task);
    const beside = task.after.flatMap((name) => placed.get(name)?.row ?? []);
    const row = Math.max(nextRow.get(column) ?? 0, beside.length > 0 ? Math.min(...beside) : 0);
    nextRow.set(column, row + 1);
    placed.set(task.name, { task, column, row });
  }
  return [...placed.values()];
}
