import { readParameters } from '../lib/parameters.ts';
import { allRecords, getRecord, putRecord, replaceRecord } from './database.ts';
import { type Sealed, seal, unseal } from './vault.ts';
import type { Worksheet } from './worksheets.ts';

interface Kept {
  readonly id: string;
  readonly name: string;
  readonly changedAt: number;
  readonly sealed: Sealed;
  /** As JSON; absent where an older version kept the worksheet. */
  readonly sealedParameters?: Sealed;
  /** Another one with each write; absent in what an earlier console has written. */
  readonly edition?: string | undefined;
}

/** A worksheet as it lies in the browser, and which of its editions that is. */
export interface KeptWorksheet {
  readonly sheet: Worksheet;
  readonly edition: string | undefined;
}

export async function keptWorksheets(): Promise<readonly KeptWorksheet[]> {
  // The store holds nothing else.
  const records = (await allRecords('worksheets')) as readonly Kept[];
  return (await Promise.all(records.map(opened))).filter((kept) => kept !== undefined);
}

export async function keptWorksheet(id: string): Promise<KeptWorksheet | undefined> {
  const record = (await getRecord('worksheets', id)) as Kept | undefined;
  return record && opened(record);
}

/** A record that the key does not open was sealed by a profile that is gone; it can only be left. */
async function opened({ sealed, sealedParameters, edition, ...rest }: Kept): Promise<KeptWorksheet | undefined> {
  const text = await unseal(sealed).catch(() => undefined);
  const values = sealedParameters && (await unseal(sealedParameters).catch(() => undefined));
  if (text === undefined) return undefined;
  return { sheet: { ...rest, text, parameters: readParameters(JSON.parse(values ?? '{}')) }, edition };
}

async function recordOf({ text, parameters, ...rest }: Worksheet): Promise<Kept> {
  const [sealed, sealedParameters] = await Promise.all([seal(text), seal(JSON.stringify(parameters))]);
  return { ...rest, sealed, sealedParameters, edition: crypto.randomUUID() };
}

/** Writes it whatever is there. */
export async function putWorksheet(sheet: Worksheet): Promise<void> {
  await putRecord('worksheets', sheet.id, await recordOf(sheet));
}

export type Written =
  | { readonly kind: 'Written'; readonly edition: string | undefined }
  /** Another tab has written since; nothing is changed. */
  | { readonly kind: 'Overtaken'; readonly by: KeptWorksheet };

/** Writes it unless what is there is another edition than the one that it was made from. */
export async function writeWorksheet(sheet: Worksheet, from: string | undefined): Promise<Written> {
  const record = await recordOf(sheet);
  // One that another tab has deleted is written anew.
  const isFrom = (present: unknown) => present === undefined || (present as Kept).edition === from;
  const present = (await replaceRecord('worksheets', sheet.id, record, isFrom)) as Kept | undefined;
  const by = present && (await opened(present));
  return by ? { kind: 'Overtaken', by } : { kind: 'Written', edition: record.edition };
}
