/** Why a text is no value of a type, in Databend's words for values in files. A value, not an exception. */
export class ParseFailure {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export interface ParseSettings {
  /** Of times that name no offset. */
  readonly timezone: string;
  /** What happens to a fraction where an integer is wanted. */
  readonly numericCast: 'rounding' | 'truncating';
}
