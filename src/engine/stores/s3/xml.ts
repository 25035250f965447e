/** Elements of an answer of S3. Attributes, comments and mixed content carry nothing there and are dropped. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Of a leaf. */
  readonly text: string;
}

/** Whatever never ends is read once: an answer may come from anybody. */
const TOKEN =
  /<\?[\s\S]*?(?:\?>|$)|<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<(\/?)([^\s<>/]+)((?:[\s/][^<>]*)?)>|([^<]+)/g;

interface Draft {
  readonly name: string;
  readonly children: Draft[];
  text: string;
}

/** The root element; undefined for what is not XML. A worker has no DOMParser. */
export function parseXml(source: string): XmlElement | undefined {
  const root: Draft = { name: '', children: [], text: '' };
  const open: Draft[] = [root];
  for (const [, cdata, slash, name, rest, text] of source.matchAll(TOKEN)) {
    const parent = open.at(-1);
    if (!parent) return undefined;
    parent.text += cdata ?? (text === undefined ? '' : unescapeXml(text));
    if (name === undefined) continue;
    if (slash !== '/') openElement(open, parent, { name, isEmpty: rest?.endsWith('/') === true });
    else if (open.pop()?.name !== name) return undefined;
  }
  return open.length === 1 ? root.children[0] : undefined;
}

interface Tag {
  readonly name: string;
  readonly isEmpty: boolean;
}

function openElement(open: Draft[], parent: Draft, { name, isEmpty }: Tag): void {
  const element: Draft = { name, children: [], text: '' };
  parent.children.push(element);
  if (!isEmpty) open.push(element);
}

export function childrenNamed({ children }: XmlElement, name: string): readonly XmlElement[] {
  return children.filter((child) => child.name === name);
}

/** The text of the first child of that name. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex?: string, decimal?: string, name = '') => {
    if (name !== '') return ENTITIES.get(name) ?? all;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r\n\t]/g, (char) => `&#${char.charCodeAt(0)};`);
}
