import { BACKSLASH, COMMA, LEFT_BRACE, LEFT_BRACKET, RIGHT_BRACE, RIGHT_BRACKET } from '../../types/json/bytes.ts';
import { compareKey, findElement, skipText, skipValue } from '../../types/json/scan.ts';
import { compareKeyBack, isKeyBefore, textStart, valueStart } from '../../types/json/scan-back.ts';
import { follow, parsePath, type Step } from './path/steps.ts';

/**
 * Several paths of a document, found in one pass over it. A path of a text form is `t` and the path, of JSON `j` and the
 * path; they are lines of one text.
 */
export interface SharedPaths {
  /** By path: whether its text is asked for. */
  readonly texts: readonly boolean[];
  readonly find: FindPaths;
}

/** Fills in, by path, where its value starts and ends; -1 for a path that leads nowhere. */
export type FindPaths = (bytes: Uint8Array, start: number, end: number, found: Int32Array) => void;

export function readSharedPaths(source: string): SharedPaths {
  const lines = source.split('\n');
  const find = findPaths(lines.map((line) => parsePath(line.slice(1))));
  return { texts: lines.map((line) => line.startsWith('t')), find };
}

export function findPaths(paths: readonly (readonly Step[])[]): FindPaths {
  // Escaped keys do not stand in the order of their bytes.
  if (paths.flat().some((step) => typeof step !== 'number' && step.includes(BACKSLASH))) {
    return (bytes, start, end, found) => findEach(bytes, [start, end], paths, found);
  }
  const root = newNode();
  for (const [index, path] of paths.entries()) addPath(root, path, index);
  const walk: Walk = { bytes: new Uint8Array(0), end: 0, found: new Int32Array(0) };
  return (bytes, start, end, found) => {
    walk.bytes = bytes;
    walk.end = end;
    walk.found = found;
    for (let i = 0; i < found.length; i++) found[i] = -1;
    walkValue(walk, root, start, end);
  };
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
  /** How many of them stood in the first half of an object lately: these are looked for from its start, the others from its end. */
  early: number;
  /** In their order. */
  readonly elements: Element[];
  readonly elementsFromEnd: Element[];
}

interface Member {
  readonly key: Uint8Array;
  readonly node: Node;
}

interface Element {
  readonly index: number;
  readonly node: Node;
}

const newNode = (): Node => ({ paths: [], members: [], early: 0, elements: [], elementsFromEnd: [] });

function addPath(root: Node, steps: readonly Step[], path: number): void {
  let node = root;
  for (const step of steps) node = typeof step === 'number' ? elementOf(node, step) : memberOf(node, step);
  node.paths.push(path);
}

function elementOf(parent: Node, index: number): Node {
  const elements = index < 0 ? parent.elementsFromEnd : parent.elements;
  const known = elements.find((element) => element.index === index);
  if (known) return known.node;
  const node = newNode();
  elements.push({ index, node });
  elements.sort((a, b) => a.index - b.index);
  return node;
}

function memberOf(parent: Node, key: Uint8Array): Node {
  const { members } = parent;
  const known = members.find((member) => compareBytes(member.key, key) === 0);
  if (known) return known.node;
  const node = newNode();
  members.push({ key, node });
  members.sort((a, b) => compareBytes(a.key, b.key));
  parent.early = members.length;
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

/** Fills in what is wanted of the value that starts at `at` and ends at `end`, -1 where that is not known. */
function walkValue(walk: Walk, node: Node, at: number, end: number): void {
  const { paths } = node;
  const { bytes, found } = walk;
  const known = end < 0 && paths.length > 0 ? skipValue(bytes, at, walk.end) : end;
  for (const path of paths) {
    found[2 * path] = at;
    found[2 * path + 1] = known;
  }
  const first = bytes[at];
  if (first === LEFT_BRACE) walkObject(walk, node, at, known);
  else if (first === LEFT_BRACKET) walkElements(walk, node, at);
}

/** Where the end is known, a member is looked for from the side that it stood nearer to in the last object. */
function walkObject(walk: Walk, node: Node, at: number, end: number): void {
  const { early, members } = node;
  if (members.length === 0 || walk.bytes[at + 1] === RIGHT_BRACE) return;
  if (end < 0 || early > 0) walkMembers(walk, node, at, end);
  if (end >= 0 && early < members.length) walkMembersBack(walk, node, at, end);
}

function walkMembers(walk: Walk, node: Node, at: number, objectEnd: number): void {
  const { bytes, end } = walk;
  const { members, early } = node;
  const count = objectEnd < 0 ? members.length : early;
  let next = at + 1;
  let wanted = 0;
  while (wanted < count) {
    const member = members[wanted] as Member;
    const order = compareKey(bytes, next, member.key);
    if (order >= 0) wanted++;
    if (order > 0) continue;
    const value = order < 0 ? skipText(bytes, next) + 1 : next + member.key.length + 3;
    // To skip a value in one go is quicker than to leave it level by level.
    const after = wanted < count ? skipValue(bytes, value, end) : -1;
    if (order === 0) {
      walkValue(walk, member.node, value, after);
      node.early = earlyAfter(node.early, wanted - 1, objectEnd >= 0 && value - at > objectEnd - value);
    }
    if (bytes[after] !== COMMA) return;
    next = after + 1;
  }
}

/** A member in the second half is looked for from the end next time, and so are all behind it. */
function earlyAfter(early: number, index: number, isLate: boolean): number {
  return isLate && index < early ? index : early;
}

function walkMembersBack(walk: Walk, node: Node, at: number, end: number): void {
  const { bytes } = walk;
  const { members, early: first } = node;
  let after = end - 1;
  let wanted = members.length - 1;
  while (wanted >= first) {
    const value = valueStart(bytes, after);
    const likely = (members[wanted] as Member).key;
    const isLikely = isKeyBefore(bytes, value, likely);
    const key = isLikely ? value - likely.length - 3 : textStart(bytes, value - 2);
    if (!isLikely) wanted = lastUpTo(members, wanted, bytes, key);
    const member = members[wanted];
    if (member && wanted >= first && (isLikely || compareKeyBack(bytes, key, member.key) === 0)) {
      walkValue(walk, member.node, value, after);
      if (value - at < end - value) node.early = Math.max(node.early, wanted + 1);
      wanted--;
    }
    if (bytes[key - 1] !== COMMA) return;
    after = key - 1;
  }
}

/** The last member up to `wanted` whose key may be that at `key` or come before it: later ones would have come by. */
function lastUpTo(members: readonly Member[], wanted: number, bytes: Uint8Array, key: number): number {
  let last = wanted;
  while (last >= 0 && compareKeyBack(bytes, key, (members[last] as Member).key) < 0) last--;
  return last;
}

function walkElements(walk: Walk, { elements, elementsFromEnd }: Node, at: number): void {
  const { bytes, end } = walk;
  for (let i = 0; i < elementsFromEnd.length; i++) {
    const { index, node } = elementsFromEnd[i] as Element;
    const found = findElement(bytes, at, index, end);
    if (found >= 0) walkValue(walk, node, found, -1);
  }
  let next = bytes[at + 1] === RIGHT_BRACKET ? -1 : at + 1;
  let position = 0;
  for (let i = 0; i < elements.length; i++) {
    const { index, node } = elements[i] as Element;
    for (; position < index && next >= 0; position++) next = afterComma(bytes, skipValue(bytes, next, end));
    if (next < 0) return;
    const after = i + 1 < elements.length ? skipValue(bytes, next, end) : -1;
    walkValue(walk, node, next, after);
    if (after < 0) return;
    next = afterComma(bytes, after);
    position++;
  }
}

/** -1 behind the last member or element. */
function afterComma(bytes: Uint8Array, at: number): number {
  return bytes[at] === COMMA ? at + 1 : -1;
}
