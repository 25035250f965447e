const OPEN = 'boathouse_parameter_';
const CLOSE = '_end';

/** `{{name}}` as an ordinary name, for what knows SQL only. */
export function toNames(text: string): string {
  return text.replace(/\{\{\s*([\p{L}_][\p{L}\p{N}_]*)\s*\}\}/gu, `${OPEN}$1${CLOSE}`);
}

export function fromNames(text: string): string {
  return text.replace(new RegExp(`${OPEN}([\\p{L}_][\\p{L}\\p{N}_]*?)${CLOSE}`, 'gu'), '{{$1}}');
}

/** What holds the input of a parameter in the page. */
export function parameterFieldId(worksheet: string, name: string): string {
  return `parameter-${worksheet}-${name}`;
}
