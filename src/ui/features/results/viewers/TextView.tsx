import { useState } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Segments } from '../../../components/Tabs.tsx';
import { copyText } from '../../../lib/clipboard.ts';
import { format } from '../../../lib/format.ts';
import { useMessages } from '../../../lib/messages/messages.ts';

const MOST_SHOWN = 100_000;

/** A text in full, its line breaks kept; a very long one in two steps, so that the page stays quick. */
export function TextView({ text }: { readonly text: string }) {
  const { viewer } = useMessages();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? text : text.slice(0, MOST_SHOWN);
  return (
    <>
      <pre className="viewer-text grow">{shown}</pre>
      {shown.length < text.length && (
        <div className="viewer-block">
          <Button size="s" onClick={() => setWhole(true)}>
            {viewer.showAll(format.integer(text.length))}
          </Button>
        </div>
      )}
    </>
  );
}

const BYTES_PER_LINE = 8;
const MOST_BYTES = 16_384;

/** Bytes as a hex table with their places, or as base64. */
export function BytesView({ bytes }: { readonly bytes: Uint8Array }) {
  const { viewer } = useMessages();
  const [form, setForm] = useState<'hex' | 'base64'>('hex');
  const items = [
    { id: 'hex', label: viewer.hex },
    { id: 'base64', label: viewer.base64 },
  ] as const;
  const first = bytes.subarray(0, MOST_BYTES);
  return (
    <>
      <div className="viewer-block viewer-forms">
        <Segments label={viewer.form} items={items} value={form} onChange={setForm} />
        <span className="faint num grow">{format.bytes(bytes.length)}</span>
        {form === 'base64' && (
          <Button size="s" onClick={() => void copyText(base64(bytes))}>
            {viewer.copyBase64}
          </Button>
        )}
      </div>
      <pre className="viewer-text grow">{form === 'hex' ? hexLines(first).join('\n') : base64(first)}</pre>
      {first.length < bytes.length && (
        <p className="viewer-block faint">{viewer.firstBytes(format.integer(MOST_BYTES))}</p>
      )}
    </>
  );
}

const BYTES_PER_CALL = 0x8000;

export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += BYTES_PER_CALL) {
    text += String.fromCharCode(...bytes.subarray(start, start + BYTES_PER_CALL));
  }
  return btoa(text);
}

export function hexLines(bytes: Uint8Array): readonly string[] {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return Array.from({ length: Math.ceil(bytes.length / BYTES_PER_LINE) }, (_, line) => {
    const start = line * BYTES_PER_LINE;
    const part = [...bytes.subarray(start, start + BYTES_PER_LINE)];
    const text = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    return `${hex(start, 4)}  ${part
      .map((byte) => hex(byte, 2))
      .join(' ')
      .padEnd(BYTES_PER_LINE * 3 - 1)}  ${text}`;
  });
}
