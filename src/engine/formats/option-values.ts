import type { FileFormat } from './format.ts';

/** The value of an option; empty when the format's type has no such option. */
export function textOption({ options }: FileFormat, name: string): string {
  const value = options[name];
  return typeof value === 'string' ? value : '';
}

/** False when the format's type has no such option. */
export function flagOption({ options }: FileFormat, name: string): boolean {
  return options[name] === true;
}

/** 0 when the format's type has no such option. */
export function numberOption({ options }: FileFormat, name: string): number {
  const value = options[name];
  return typeof value === 'number' ? value : 0;
}

/** None when the format's type has no such option. */
export function textsOption({ options }: FileFormat, name: string): readonly string[] {
  const value = options[name];
  return typeof value === 'object' ? value : [];
}
