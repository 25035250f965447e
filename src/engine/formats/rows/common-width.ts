export interface CommonWidth {
  /** The number of fields that most records have, the larger of two; 0 without records. */
  readonly width: number;
  /** Of the records. */
  readonly share: number;
}

export function commonWidth(records: readonly (readonly unknown[])[]): CommonWidth {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  let [width, most] = [0, 0];
  for (const [length, count] of counts)
    if (count > most || (count === most && length > width)) [width, most] = [length, count];
  return { width, share: records.length === 0 ? 0 : most / records.length };
}
