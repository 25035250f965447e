import { typeName } from '../../types/type.ts';
import type { FileSource } from '../format.ts';
import { logicalName } from './describe.ts';
import { readFooter } from './footer.ts';
import type { SchemaNode } from './metadata.ts';

/** A column or a part of one, in the order of the file, parents before their children. */
export interface SchemaRow {
  /** From 0. */
  readonly depth: number;
  /** Names from the column down, with dots. */
  readonly path: string;
  readonly name: string;
  readonly repetition: string;
  /** Null in a group. */
  readonly physical: string | null;
  readonly logical: string | null;
  /** What a query sees; null below a column. */
  readonly type: string | null;
}

/** The schema of a file as it is stored, from its footer. */
export async function describeSchema(file: FileSource, signal: AbortSignal): Promise<readonly SchemaRow[]> {
  const { root, fields } = await readFooter(file, signal);
  const typeOf = (node: SchemaNode) => {
    const field = fields.find((one) => one.node.firstLeaf === node.firstLeaf);
    return field ? typeName(field.type) : null;
  };
  return root.children.flatMap((node) => rowsOf(node, { depth: 0, above: '', type: typeOf(node) }));
}

interface Place {
  readonly depth: number;
  readonly above: string;
  readonly type: string | null;
}

function rowsOf(node: SchemaNode, { depth, above, type }: Place): readonly SchemaRow[] {
  const { name, repetition, physical, length, logical, children } = node;
  const path = above === '' ? name : `${above}.${name}`;
  const width = physical === 'FIXED_LEN_BYTE_ARRAY' ? `(${length})` : '';
  const row: SchemaRow = {
    ...{ depth, path, name, repetition, type },
    physical: physical === undefined ? null : `${physical}${width}`,
    logical: logical ? logicalName(logical) : null,
  };
  return [row, ...children.flatMap((child) => rowsOf(child, { depth: depth + 1, above: path, type: null }))];
}
