/** Text that is no JSON. The message is Databend's and ends with the number of bytes read: `expected value, pos 1`. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
  readonly position: number;

  constructor(reason: string, position: number) {
    super(`${reason}, pos ${position}`);
    this.position = position;
  }
}
