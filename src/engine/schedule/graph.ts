/** A task as the graph sees it: its name and those that it follows. */
export interface GraphNode {
  readonly name: string;
  readonly after: readonly string[];
}

/** The tasks that follow one directly, in the order given. */
export function successors<Node extends GraphNode>(nodes: readonly Node[], name: string): readonly Node[] {
  return nodes.filter(({ after }) => after.includes(name));
}

/** A task and all that follow it, nearest first, each once. */
export function closure<Node extends GraphNode>(nodes: readonly Node[], name: string): readonly Node[] {
  const found = new Set(nodes.filter((node) => node.name === name));
  const names = [name];
  for (const next of names) {
    for (const node of successors(nodes, next)) {
      if (found.has(node)) continue;
      found.add(node);
      names.push(node.name);
    }
  }
  return [...found];
}

/** The names on a way that leads from a task back to itself; undefined where there is none. */
export function findCycle(nodes: readonly GraphNode[], name: string): readonly string[] | undefined {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const seen = new Set<string>();
  const walk = (at: string, way: readonly string[]): readonly string[] | undefined => {
    for (const before of byName.get(at)?.after ?? []) {
      if (before === name) return [name, ...way];
      if (seen.has(before)) continue;
      seen.add(before);
      const found = walk(before, [before, ...way]);
      if (found) return found;
    }
    return undefined;
  };
  return walk(name, [name]);
}

/** The first task without predecessors on the way up from a task; the task itself if it has none. */
export function rootOf<Node extends GraphNode>(nodes: readonly Node[], start: Node): Node {
  const seen = new Set<Node>();
  let node = start;
  for (;;) {
    if (seen.has(node)) return start;
    seen.add(node);
    const [before] = node.after;
    const next = nodes.find(({ name }) => name === before);
    if (!next) return node;
    node = next;
  }
}
