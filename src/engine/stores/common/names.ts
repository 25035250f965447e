import type { NameCodec } from './handles.ts';

/** Names on a disk that other programs use: as they are. */
export function plainNames(isHidden: (name: string) => boolean): NameCodec {
  return {
    namesOf: (path) => path.split('/'),
    textOf(name, kind) {
      if (isHidden(name)) return undefined;
      return kind === 'directory' ? `${name}/` : name;
    },
  };
}

/** Longer names are cut there; with an escape and a mark at the end they stay below the 255 bytes of most disks. */
const MAX_BYTES = 200;
/** Ends the name of a folder whose only purpose is to hold the rest of a long name. */
const CONTINUED = '%~';
/** The name of nothing: `a//b` has one in its middle. */
const EMPTY = '%';
const ESCAPED = /%u([0-9A-F]{4})|%([0-9A-F]{2})/g;
// Refused by some system or another: what Windows reserves, control characters, halves of a surrogate pair.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[%\\:*?"<>|\u0000-\u001f\u007f]|\p{Surrogate}/gu;

/**
 * Names that every browser's private file system takes, from any text: unsafe characters percent-encoded, long names
 * cut into nested folders. Every path has one spelling, and every spelling one path; names that begin with `%` and
 * go on with neither two hexadecimal digits nor `u` are free for other uses.
 */
export const safeNames: NameCodec = {
  namesOf: (path) => path.split('/').flatMap(namesOfPart),
  textOf(name, kind) {
    if (kind === 'file') return decodeName(name);
    if (name.endsWith(CONTINUED)) return decodeName(name.slice(0, -CONTINUED.length));
    const text = decodeName(name);
    return text === undefined ? undefined : `${text}/`;
  },
};

function namesOfPart(part: string): string[] {
  const names: string[] = [];
  let rest = part;
  // Where a name is cut depends on nothing behind the cut, so that all names with the same start share its folder.
  for (let end = cutOf(rest); end !== undefined; end = cutOf(rest)) {
    names.push(encodeText(rest.slice(0, end)) + CONTINUED);
    rest = rest.slice(end);
  }
  names.push(rest === '' ? EMPTY : encodeText(rest).replace(/[. ]$/, escapeCharacter));
  return names;
}

function cutOf(text: string): number | undefined {
  if (text.length * 6 < MAX_BYTES) return undefined;
  let bytes = 0;
  let index = 0;
  for (const character of text) {
    bytes += byteLength(character.replace(UNSAFE, escapeCharacter));
    index += character.length;
    if (bytes >= MAX_BYTES) return index;
  }
  return undefined;
}

const byteLength = (text: string) => new TextEncoder().encode(text).byteLength;

const encodeText = (text: string) => text.replace(UNSAFE, escapeCharacter);

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).toUpperCase();
  return code > 255 ? `%u${hex}` : `%${hex.padStart(2, '0')}`;
}

function decodeName(name: string): string | undefined {
  if (name === EMPTY) return '';
  if (/%(?!u[0-9A-F]{4}|[0-9A-F]{2})/.test(name)) return undefined;
  return name.replace(ESCAPED, (_, wide?: string, narrow?: string) =>
    String.fromCharCode(Number.parseInt(wide ?? narrow ?? '', 16)),
  );
}
