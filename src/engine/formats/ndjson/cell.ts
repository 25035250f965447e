import type { Cell } from '../../types/cell.ts';
import { timestampFromEpoch } from '../../types/datetime.ts';
import { canonicalJson } from '../../types/json/canonical.ts';
import { parseCell } from '../../types/parse/cell.ts';
import { ParseFailure, type ParseSettings } from '../../types/parse/failure.ts';
import { isNumeric, type SqlType, type TupleField } from '../../types/type.ts';
import { type JsonTree, readTree } from './tree.ts';

/** A valid JSON text as a value of a nested type. */
export function cellOfJson(text: string, type: SqlType, settings: ParseSettings): Cell | ParseFailure {
  return cellOfTree(readTree(text), type, settings);
}

/** Elements may be null, whatever their type. */
function cellOfTree(tree: JsonTree, type: SqlType, settings: ParseSettings): Cell | ParseFailure {
  if (type.kind === 'Variant') return canonicalJson(jsonOf(tree));
  switch (tree.kind) {
    case 'Null':
      return null;
    case 'Literal':
    case 'Number':
    case 'Text':
      return scalarCell(tree, type, settings);
    case 'Array':
      return arrayCell(tree.items, type, settings);
    case 'Object':
      return objectCell(tree.members, type, settings);
  }
}

/** A tree as JSON, in which no key comes twice. */
function jsonOf(tree: JsonTree): string {
  if (tree.kind === 'Array') return `[${tree.items.map(jsonOf).join(',')}]`;
  if (tree.kind !== 'Object') return tree.text;
  return `{${[...tree.members].map(([name, value]) => `${JSON.stringify(name)}:${jsonOf(value)}`).join(',')}}`;
}

type Scalar = Extract<JsonTree, { kind: 'Literal' | 'Number' | 'Text' }>;

function scalarCell(tree: Scalar, type: SqlType, settings: ParseSettings): Cell | ParseFailure {
  const value = tree.kind === 'Text' ? tree.value : tree.text;
  if (type.kind === 'String') return value;
  if (type.kind === 'Boolean') {
    return tree.kind === 'Literal' ? value === 'true' : new ParseFailure('Incorrect json value, must be boolean');
  }
  if (tree.kind === 'Literal') return new ParseFailure('Incorrect json value, must be string');
  if (isNumeric(type) && type.kind !== 'Decimal' && tree.kind === 'Text') {
    return new ParseFailure('Incorrect json value, must be number');
  }
  const isInteger = tree.kind === 'Number' && /^-?\d{1,18}$/.test(value);
  if (type.kind === 'Date' && isInteger) return Number(value);
  if (type.kind === 'Timestamp' && isInteger) return timestampFromEpoch(BigInt(value));
  return parseCell(value, type, settings);
}

function arrayCell(items: readonly JsonTree[], type: SqlType, settings: ParseSettings): Cell | ParseFailure {
  switch (type.kind) {
    case 'Array':
      return cellsOf(items, (item) => cellOfTree(item, type.element, settings));
    case 'Vector':
      if (items.length !== type.dimension) {
        return new ParseFailure(`Incorrect vector value, expect ${type.dimension} values, but got ${items.length}`);
      }
      return items.every((item) => item.kind === 'Number')
        ? items.map((item) => Number(item.text))
        : new ParseFailure('Incorrect json value, must be number');
    case 'Tuple':
      if (items.length !== type.fields.length) return wrongCount(type.fields, items.length);
      return cellsOf(type.fields, (field, index) => cellOfTree(items[index] ?? NULL_TREE, field.type, settings));
    default:
      return new ParseFailure('Incorrect json value, must not be an array');
  }
}

const NULL_TREE: JsonTree = { kind: 'Null', text: 'null' };

type Members = Extract<JsonTree, { kind: 'Object' }>['members'];

function objectCell(members: Members, type: SqlType, settings: ParseSettings): Cell | ParseFailure {
  if (type.kind === 'Map') {
    return cellsOf([...members], ([name, value]) =>
      cellsOf(
        [
          { tree: { kind: 'Text', text: JSON.stringify(name), value: name } as const, type: type.key },
          { tree: value, type: type.value },
        ],
        (part) => cellOfTree(part.tree, part.type, settings),
      ),
    );
  }
  if (type.kind !== 'Tuple') return new ParseFailure('Incorrect json value, must not be an object');
  if (members.size !== type.fields.length) return wrongCount(type.fields, members.size);
  const byName = new Map([...members].map(([name, value]) => [name.toLowerCase(), value]));
  return cellsOf(type.fields, (field) => {
    const value = byName.get(field.name.toLowerCase());
    return value
      ? cellOfTree(value, field.type, settings)
      : new ParseFailure(`Incorrect json value for tuple, missing field ${field.name}`);
  });
}

function wrongCount(fields: readonly TupleField[], count: number): ParseFailure {
  return new ParseFailure(`Incorrect json value for tuple, expect ${fields.length} values, but got ${count}`);
}

/** The cells of all items, or the first failure. */
function cellsOf<Item>(
  items: readonly Item[],
  cellOf: (item: Item, index: number) => Cell | ParseFailure,
): Cell | ParseFailure {
  const cells: Cell[] = [];
  for (const [index, item] of items.entries()) {
    const cell = cellOf(item, index);
    if (cell instanceof ParseFailure) return cell;
    cells.push(cell);
  }
  return cells;
}
