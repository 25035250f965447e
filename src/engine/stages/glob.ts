import { SqlError } from '../base/errors.ts';

const MOST = 15_000;

/** The names that `{a,b}` and `[0-9]` stand for: HTTP has no listing, so that a pattern must name its files. */
export function expandGlob(path: string): readonly string[] {
  const group = /\{([^{}]*)\}|\[([^[\]]*)\]/.exec(path);
  if (!group) return [path];
  const alternatives = group[1] === undefined ? characters(group[2] ?? '', path) : group[1].split(',');
  const [before, after] = [path.slice(0, group.index), path.slice(group.index + group[0].length)];
  const names = expandGlob(after).flatMap((rest) => alternatives.map((one) => `${before}${one}${rest}`));
  if (names.length > MOST) throw badGlob(path, `it stands for more than ${MOST} files`);
  return names.sort();
}

function characters(set: string, path: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < set.length; i++) {
    const [from, to] = [set[i] ?? '', set[i + 1] === '-' ? set[i + 2] : undefined];
    if (to === undefined) {
      found.push(from);
      continue;
    }
    if (to < from) throw badGlob(path, `the range ${from}-${to} is empty`);
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) found.push(String.fromCharCode(code));
    i += 2;
  }
  if (found.length === 0) throw badGlob(path, 'a set of characters is empty');
  return found;
}

function badGlob(path: string, reason: string): SqlError {
  return new SqlError('BadArguments', `input path is not a valid glob: ${path}: ${reason}`);
}
