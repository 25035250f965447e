/** When a presigned URL ends, in milliseconds since 1970; undefined for a URL that is not signed or does not say. */
export function linkExpiry(query: string): number | undefined {
  const params = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
  for (const vendor of ['x-amz', 'x-goog', 'x-oss']) {
    const signed = compactTime(params.get(`${vendor}-date`));
    const seconds = params.get(`${vendor}-expires`);
    if (signed !== undefined && seconds !== undefined) return signed + Number(seconds) * 1000;
  }
  if (params.has('sig') && params.has('se')) return parsed(Date.parse(params.get('se') ?? ''));
  return params.has('signature') ? parsed(Number(params.get('expires') ?? Number.NaN) * 1000) : undefined;
}

const parsed = (time: number) => (Number.isNaN(time) ? undefined : time);

/** `20250101T000000Z` */
function compactTime(text = ''): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return parsed(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`));
}
