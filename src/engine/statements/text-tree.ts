/** A node of a tree that is printed as text. */
export interface TextTree {
  readonly label: string;
  readonly children: readonly TextTree[];
}

export function leaf(label: string): TextTree {
  return { label, children: [] };
}

/** One line a node, branches drawn as Databend draws them. */
export function treeLines({ label, children }: TextTree): string[] {
  return [label, ...children.flatMap((child, index) => branch(treeLines(child), index === children.length - 1))];
}

function branch([first = '', ...rest]: readonly string[], isLast: boolean): string[] {
  return [`${isLast ? '└── ' : '├── '}${first}`, ...rest.map((line) => `${isLast ? '    ' : '│   '}${line}`)];
}

/** A syntax tree; what is absent, empty or false is left out. */
export function syntaxTree(node: object): TextTree {
  const kind = 'kind' in node && typeof node.kind === 'string' ? node.kind : 'Node';
  const parts = Object.entries(node).filter(([key]) => key !== 'kind' && key !== 'span');
  return { label: kind, children: parts.flatMap(([key, value]) => part(key, value)) };
}

function part(key: string, value: unknown): readonly TextTree[] {
  if (value === undefined || value === null || value === false) return [];
  if (typeof value !== 'object') return [leaf(`${key}: ${String(value)}`)];
  if (Array.isArray(value)) return list(key, value);
  const name = nameText(value);
  if (name !== undefined) return [leaf(`${key}: ${name}`)];
  const tree = syntaxTree(value instanceof Map ? Object.fromEntries(value) : value);
  return [{ ...tree, label: tree.label === 'Node' ? key : `${key}: ${tree.label}` }];
}

function list(key: string, items: readonly unknown[]): readonly TextTree[] {
  if (items.length === 0) return [];
  if (key === 'parts') return [leaf(`name: ${dotted(items as readonly { readonly name: string }[])}`)];
  return [{ label: key, children: items.flatMap((item, index) => part(String(index + 1), item)) }];
}

/** Of an identifier or of a name with dots. */
function nameText(value: object): string | undefined {
  if ('name' in value && 'quoted' in value) return String(value.name);
  if (!('parts' in value) || 'kind' in value || !Array.isArray(value.parts)) return undefined;
  return dotted(value.parts);
}

function dotted(identifiers: readonly { readonly name: string }[]): string {
  return identifiers.map(({ name }) => name).join('.');
}
