/** The English stemmer of the Snowball project (Porter2), for words in lower case. */
export function stemmed(word: string): string {
  const known = EXCEPTIONS.get(word);
  if (known !== undefined) return known;
  if (word.length <= 2 || !/^[a-z']+$/.test(word)) return word;
  const marked = markConsonantY(word.replace(/^'/, ''));
  const regions = regionsOf(marked);
  const first = stepPlural(marked.replace(/(?:'s'|'s|')$/, ''));
  if (INVARIANT.has(first)) return first;
  const steps = [stepPast, stepFinalY, stepLongSuffix, stepSuffix, stepRest, stepFinal];
  return steps.reduce((stem, step) => step(stem, regions), first).replaceAll('Y', 'y');
}

const EXCEPTIONS = new Map(
  Object.entries({
    skis: 'ski',
    skies: 'sky',
    dying: 'die',
    lying: 'lie',
    tying: 'tie',
    idly: 'idl',
    gently: 'gentl',
    ugly: 'ugli',
    early: 'earli',
    only: 'onli',
    singly: 'singl',
    sky: 'sky',
    news: 'news',
    howe: 'howe',
    atlas: 'atlas',
    cosmos: 'cosmos',
    bias: 'bias',
    andes: 'andes',
  }),
);
const INVARIANT = new Set(['inning', 'outing', 'canning', 'herring', 'earring', 'proceed', 'exceed', 'succeed']);
const VOWEL = /[aeiouy]/;

/** Where the endings that may be cut off begin: R1 and R2 of the algorithm. */
interface Regions {
  readonly first: number;
  readonly second: number;
}

function markConsonantY(word: string): string {
  return word.replace(/^y/, 'Y').replaceAll(/([aeiouy])y/g, '$1Y');
}

function regionsOf(word: string): Regions {
  const special = /^(?:gener|commun|arsen)/.exec(word)?.[0].length;
  const first = special ?? afterVowelAndConsonant(word, 0);
  return { first, second: afterVowelAndConsonant(word, first) };
}

function afterVowelAndConsonant(word: string, from: number): number {
  const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
  return found ? from + found.index + 2 : word.length;
}

function endsShort(word: string): boolean {
  return /^[aeiouy][^aeiouy]$/.test(word) || /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word);
}

function stepPlural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/(?:ied|ies)$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
  if (/(?:us|ss)$/.test(word)) return word;
  return word.endsWith('s') && VOWEL.test(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

function stepPast(word: string, { first }: Regions): string {
  const agreed = /eed(?:ly)?$/.exec(word);
  if (agreed) return agreed.index >= first ? word.slice(0, agreed.index + 2) : word;
  const found = /(?:ed|edly|ing|ingly)$/.exec(word);
  if (!found || !VOWEL.test(word.slice(0, found.index))) return word;
  const stem = word.slice(0, found.index);
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) return stem.slice(0, -1);
  return endsShort(stem) && stem.length <= first ? `${stem}e` : stem;
}

function stepFinalY(word: string): string {
  return word.replace(/(.[^aeiouy])[yY]$/, '$1i');
}

type Endings = readonly (readonly [ending: string, by: string])[];

const LONG_ENDINGS: Endings = [
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['iveness', 'ive'],
  ['ization', 'ize'],
  ['ousness', 'ous'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['tional', 'tion'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ation', 'ate'],
  ['entli', 'ent'],
  ['fulli', 'ful'],
  ['iviti', 'ive'],
  ['ousli', 'ous'],
  ['abli', 'able'],
  ['alli', 'al'],
  ['anci', 'ance'],
  ['ator', 'ate'],
  ['enci', 'ence'],
  ['izer', 'ize'],
  ['bli', 'ble'],
  ['ogi', 'og'],
  ['li', ''],
];

function stepLongSuffix(word: string, { first }: Regions): string {
  const found = LONG_ENDINGS.find(([ending]) => word.endsWith(ending));
  if (!found) return word;
  const [ending, by] = found;
  const stem = word.slice(0, -ending.length);
  if (stem.length < first) return word;
  if (ending === 'ogi' && !stem.endsWith('l')) return word;
  if (ending === 'li' && !/[cdeghkmnrt]$/.test(stem)) return word;
  return stem + by;
}

const ENDINGS: Endings = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['ative', ''],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];

function stepSuffix(word: string, { first, second }: Regions): string {
  const found = ENDINGS.find(([ending]) => word.endsWith(ending));
  if (!found) return word;
  const stem = word.slice(0, -found[0].length);
  const least = found[0] === 'ative' ? second : first;
  return stem.length < least ? word : stem + found[1];
}

const REST = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|ion|al|er|ic)$/;

function stepRest(word: string, { second }: Regions): string {
  const found = REST.exec(word);
  if (!found || found.index < second) return word;
  const stem = word.slice(0, found.index);
  return found[0] === 'ion' && !/[st]$/.test(stem) ? word : stem;
}

function stepFinal(word: string, { first, second }: Regions): string {
  const stem = word.slice(0, -1);
  if (word.endsWith('e')) {
    const isCut = stem.length >= second || (stem.length >= first && !endsShort(stem));
    return isCut ? stem : word;
  }
  return word.endsWith('ll') && stem.length >= second ? stem : word;
}
