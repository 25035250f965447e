/** A node of a syntax tree: everything that has a `kind`. */
export interface AnyNode {
  readonly kind: string;
}

/** Visits every node of a syntax tree, outer ones first. */
export function visitNodes(root: unknown, visit: (node: AnyNode) => void): void {
  if (typeof root !== 'object' || root === null) return;
  if (Array.isArray(root)) {
    for (const item of root) visitNodes(item, visit);
    return;
  }
  if (isNode(root)) visit(root);
  for (const value of Object.values(root)) visitNodes(value, visit);
}

function isNode(value: object): value is AnyNode {
  return 'kind' in value && typeof value.kind === 'string';
}

/** A copy of a syntax tree with each node replaced by what a function makes of it, inner ones first. */
export function mapNodes<Root>(root: Root, replace: (node: AnyNode) => AnyNode): Root {
  const map = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Map) return value;
    if (Array.isArray(value)) return value.map(map);
    const copy = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, map(part)]));
    return isNode(copy) ? replace(copy) : copy;
  };
  // Nodes keep their shape.
  return map(root) as Root;
}

const NOWHERE = { start: 0, end: 0 };

/** The tree of a text that is no part of the statement: nothing of it has a place there. */
export function withoutPlaces<Root>(root: Root): Root {
  const map = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Map) return value;
    if (Array.isArray(value)) return value.map(map);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === 'span' ? NOWHERE : map(part)]));
  };
  // Only places change.
  return map(root) as Root;
}
