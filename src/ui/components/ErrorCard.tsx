import './ErrorCard.css';
import { CircleX, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { hintText, placeOf, type Snippet, type SqlError, toSqlError } from '../../engine/index.ts';
import { copyText } from '../lib/clipboard.ts';
import { type Messages, useMessages } from '../lib/messages/messages.ts';
import { Button } from './Button.tsx';
import { CodeBox } from './CodeBox.tsx';
import { Icon } from './Icon.tsx';
import { SqlText } from './SqlText.tsx';

export interface ErrorCardProps {
  readonly error: unknown;
  /** The text that the error's span points into. */
  readonly text?: string | undefined;
  /** Puts a suggestion in the place of the span. */
  readonly onFix?: ((fix: string) => void) | undefined;
  /** Puts the caret on the span. */
  readonly onGoTo?: (() => void) | undefined;
  readonly actions?: ReactNode;
}

/** The cause in plain words first, its place with a caret, and what can be done about it. */
export function ErrorCard({ error: thrown, text, onFix, onGoTo, actions }: ErrorCardProps) {
  const { error: words, hints } = useMessages();
  const error = toSqlError(thrown);
  const place = text !== undefined && error.span ? placeOf(text, error.span.start) : undefined;
  return (
    <section className="error-card" role="alert" aria-label={words.label}>
      <p className="error-title">
        <Icon of={CircleX} />
        <span className="error-message">{error.message}</span>
        <span className="code">
          {words.place(error.kind, error.code)}
          {place && ` · ${words.line(place.line)}`}
        </span>
      </p>
      {text !== undefined && error.span && <ErrorPlace text={text} span={error.span} onGoTo={onGoTo} />}
      {error.hint && <p className="error-hint">{hintText(error.hint, hints)}</p>}
      <Suggestions error={error} onFix={onFix} />
      {error.snippet && <SnippetBox {...error.snippet} />}
      <div className="error-actions">
        {actions}
        {place && onGoTo && (
          <Button size="s" onClick={onGoTo}>
            {words.goTo}
          </Button>
        )}
        <Button size="s" look="quiet" onClick={() => copyText(details(error, text, hints))}>
          {words.copy}
        </Button>
      </div>
    </section>
  );
}

function Suggestions({ error, onFix }: { readonly error: SqlError; readonly onFix: ErrorCardProps['onFix'] }) {
  const { error: words } = useMessages();
  if (error.suggestions.length === 0) return null;
  return (
    <p className="error-fixes">
      {words.didYouMean}
      {error.suggestions.map((fix) =>
        onFix ? (
          <Button key={fix} size="s" className="mono" aria-label={words.apply(fix)} onClick={() => onFix(fix)}>
            {fix}
          </Button>
        ) : (
          <b key={fix} className="mono">
            {fix}
          </b>
        ),
      )}
    </p>
  );
}

/** Something to be pasted elsewhere: a bucket's CORS rule. */
function SnippetBox({ title, text }: Snippet) {
  const { common, hints } = useMessages();
  const label = hintText(title, hints);
  return (
    <div className="error-snippet">
      <p className="error-snippet-head">
        {label}
        <Button size="s" icon={Copy} onClick={() => void copyText(text)}>
          {common.copy}
        </Button>
      </p>
      <CodeBox label={label}>{text}</CodeBox>
    </div>
  );
}

interface ErrorPlaceProps {
  readonly text: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly onGoTo: (() => void) | undefined;
}

/** The line of the error with the span underlined; a click goes there. */
function ErrorPlace({ text, span, onGoTo }: ErrorPlaceProps) {
  const { error: words } = useMessages();
  const { line, column } = placeOf(text, span.start);
  const source = text.split('\n')[line - 1] ?? '';
  const start = column - 1;
  const end = Math.min(source.length, Math.max(start + 1, start + span.end - span.start));
  const body = (
    <>
      <span className="no">{line}</span>
      <SqlText sql={source.slice(0, start)} />
      <span className="sq">
        <SqlText sql={source.slice(start, end) || ' '} />
      </span>
      <SqlText sql={source.slice(end)} />
    </>
  );
  if (!onGoTo) return <CodeBox className="error-place">{body}</CodeBox>;
  return (
    <button type="button" className="codebox error-place" title={words.goTo} onClick={onGoTo}>
      {body}
    </button>
  );
}

function details(error: SqlError, text: string | undefined, hints: Messages['hints']): string {
  const head = `${error.kind} (${error.code}): ${error.message}`;
  const hint = error.hint ? `\n${hintText(error.hint, hints)}` : '';
  return text === undefined ? head + hint : `${head}${hint}\n\n${text}`;
}
