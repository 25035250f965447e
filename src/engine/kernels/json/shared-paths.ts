import { BACKSLASH, COMMA, LEFT_BRACE, LEFT_BRACKET, RIGHT_BRACE, RIGHT_BRACKET } from '../../types/json/bytes.ts';
import { compareKey, findElement, skipText, skipValue } from '../../types/json/scan.ts';
import { follow, parsePath, type Step } from './path/steps.ts';

/**
 * Several paths of a document, found in one pass over it. A path of a text form is `t` and the path, of JSON `j` and the
 * path; they are lines of one text.
 */
export interface SharedPaths {
  /** By path: whether its text is asked for. */
  readonly texts: readonly boolean[];
  /** Fills in, by path, where its value starts and ends; -1 for a path that leads nowhere. */
  find(bytes: Uint8Array, start: number, end: number, found: Int32Array): void;
}

export function readSharedPaths(source: string): SharedPaths {
  const lines = source.split('\n');
  const paths = lines.map((line) => parsePath(line.slice(1)));
  const texts = lines.map((line) => line.startsWith('t'));
  // Escaped keys do not stand in the order of their bytes.
  if (paths.flat().some((step) => typeof step !== 'number' && step.includes(BACKSLASH))) {
    return { texts, find: (bytes, start, end, found) => findEach(bytes, [start, end], paths, found) };
  }
  const root = newNode();
  for (const [index, path] of paths.entries()) addPath(root, path, index);
  const walk: Walk = { bytes: new Uint8Array(0), end: 0, found: new Int32Array(0) };
  const find: SharedPaths['find'] = (bytes, start, end, found) => {
    walk.bytes = bytes;
    walk.end = end;
    walk.found = found.fill(-1);
    walkValue(walk, root, start, false);
  };
  return { texts, find };
}

function findEach(
  bytes: Uint8Array,
  [start, end]: readonly [number, number],
  paths: readonly (readonly Step[])[],
  found: Int32Array,
): void {
  for (const [index, path] of paths.entries()) {
    const at = follow(bytes, start, path, end);
    found[2 * index] = at;
    found[2 * index + 1] = at < 0 ? -1 : skipValue(bytes, at, end);
  }
}

/** What is wanted of a value: the value itself, for some paths, and what is inside. */
interface Node {
  readonly paths: number[];
  /** In the order of their keys. */
  readonly members: Member[];
  /** In their order, those counted from the end first. */
  readonly elements: Element[];
}

interface Member {
  readonly key: Uint8Array;
  readonly node: Node;
}

interface Element {
  readonly index: number;
  readonly node: Node;
}

const newNode = (): Node => ({ paths: [], members: [], elements: [] });

function addPath(root: Node, steps: readonly Step[], path: number): void {
  let node = root;
  for (const step of steps) node = typeof step === 'number' ? elementOf(node, step) : memberOf(node, step);
  node.paths.push(path);
}

function elementOf({ elements }: Node, index: number): Node {
  const known = elements.find((element) => element.index === index);
  if (known) return known.node;
  const node = newNode();
  elements.push({ index, node });
  elements.sort((a, b) => a.index - b.index);
  return node;
}

function memberOf({ members }: Node, key: Uint8Array): Node {
  const known = members.find((member) => compareBytes(member.key, key) === 0);
  if (known) return known.node;
  const node = newNode();
  members.push({ key, node });
  members.sort((a, b) => compareBytes(a.key, b.key));
  return node;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0);
  return a.length - b.length;
}

/** A document that is being walked; one object for all, since documents are many and small. */
interface Walk {
  bytes: Uint8Array;
  end: number;
  found: Int32Array;
}

/**
 * Gives where the value ends if that is asked for. What is wanted inside is looked up apart: to skip a value in one go is
 * quicker than to leave it level by level.
 */
function walkValue(walk: Walk, node: Node, at: number, wantsEnd: boolean): number {
  const { paths, members, elements } = node;
  const { bytes, found } = walk;
  const end = wantsEnd || paths.length > 0 ? skipValue(bytes, at, walk.end) : -1;
  for (const path of paths) {
    found[2 * path] = at;
    found[2 * path + 1] = end;
  }
  const first = bytes[at];
  if (first === LEFT_BRACE) walkMembers(walk, members, at);
  else if (first === LEFT_BRACKET) walkElements(walk, elements, at);
  return end;
}

function walkMembers(walk: Walk, members: readonly Member[], at: number): void {
  const { bytes, end } = walk;
  const count = members.length;
  let next = bytes[at + 1] === RIGHT_BRACE ? -1 : at + 1;
  for (let wanted = 0; wanted < count && next >= 0; ) {
    const member = members[wanted] as Member;
    const order = compareKey(bytes, next, member.key);
    if (order >= 0) wanted++;
    if (order > 0) continue;
    next =
      order < 0
        ? skipValue(bytes, skipText(bytes, next) + 1, end)
        : walkValue(walk, member.node, next + member.key.length + 3, wanted < count);
    next = afterComma(bytes, next);
  }
}

function walkElements(walk: Walk, elements: readonly Element[], at: number): void {
  const { bytes, end } = walk;
  let next = bytes[at + 1] === RIGHT_BRACKET ? -1 : at + 1;
  let position = 0;
  for (const [i, { index, node }] of elements.entries()) {
    if (index < 0) {
      const found = findElement(bytes, at, index, end);
      if (found >= 0) walkValue(walk, node, found, false);
      continue;
    }
    for (; position < index && next >= 0; position++) next = afterComma(bytes, skipValue(bytes, next, end));
    if (next < 0) return;
    next = afterComma(bytes, walkValue(walk, node, next, i + 1 < elements.length));
    position++;
  }
}

/** -1 behind the last member or element. */
function afterComma(bytes: Uint8Array, at: number): number {
  return bytes[at] === COMMA ? at + 1 : -1;
}
