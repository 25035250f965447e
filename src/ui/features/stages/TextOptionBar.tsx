import type { ReactNode } from 'react';
import { Select } from '../../components/Field.tsx';
import type { TextOptions } from '../../data/text-file.ts';
import { useMessages } from '../../lib/messages/messages.ts';

export interface TextOptionBarProps {
  readonly options: TextOptions;
  readonly detected: TextOptions;
  readonly onChange: (part: Partial<TextOptions>) => void;
  readonly children: ReactNode;
}

const ENCODINGS = ['UTF-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'shift_jis', 'windows-1252'] as const;
const DELIMITERS = [',', ';', '\t', '|', ':', ' ', '^', '~', '\u0001'] as const;
const QUOTES = ['"', "'", '`'] as const;
const MOST_HEADERS = 10;

/** Encoding, delimiter, quote and header of a file; what was found is said. */
export function TextOptionBar({ options, detected, onChange, children }: TextOptionBarProps) {
  const { text: words } = useMessages().stages;
  const told = (value: string, shown: string, found: string) => ({
    value,
    label: value === found ? words.found(shown) : shown,
  });
  const withFound = (all: readonly string[], found: string) => (all.includes(found) ? all : [found, ...all]);
  const headers = Array.from({ length: Math.max(MOST_HEADERS, detected.skipHeader) + 1 }, (_, count) => String(count));
  return (
    <div className="toolbar text-options">
      <Select
        label={words.encoding}
        size="s"
        value={options.encoding}
        onChange={(encoding) => onChange({ encoding })}
        options={withFound(ENCODINGS, detected.encoding).map((one) => told(one, one.toUpperCase(), detected.encoding))}
      />
      <Select
        label={words.delimiter}
        size="s"
        value={options.fieldDelimiter}
        onChange={(fieldDelimiter) => onChange({ fieldDelimiter })}
        options={withFound(DELIMITERS, detected.fieldDelimiter).map((one) =>
          told(one, words.delimiters[one] ?? one, detected.fieldDelimiter),
        )}
      />
      <Select
        label={words.quote}
        size="s"
        value={options.quote}
        onChange={(quote) => onChange({ quote })}
        options={QUOTES.map((one) => told(one, one, detected.quote))}
      />
      <Select
        label={words.header}
        size="s"
        value={String(options.skipHeader)}
        onChange={(count) => onChange({ skipHeader: Number(count) })}
        options={headers.map((one) => told(one, words.headers(Number(one)), String(detected.skipHeader)))}
      />
      <span className="grow" />
      {children}
    </div>
  );
}
