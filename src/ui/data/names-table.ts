interface ObjectPath {
  readonly database: string;
  readonly name: string;
}

/** Whether a text has the name as a word of its own; in another database's name it must be spelt out. */
export function namesTable({ database, name }: ObjectPath): (text: string) => boolean {
  const [word, owner] = [name, database].map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const short = database === 'default' ? `(?<![\\w.\`"])[\`"]?${word}[\`"]?(?![\\w.])|` : '';
  const pattern = new RegExp(`${short}(?<!\\w)[\`"]?${owner}[\`"]?\\.[\`"]?${word}[\`"]?(?!\\w)`, 'iu');
  return (text) => pattern.test(text);
}
