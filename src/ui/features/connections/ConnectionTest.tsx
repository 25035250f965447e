import { CircleCheck, Zap } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { TextField } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { type ConnectionInfo, testConnection } from '../../data/connections.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';

type Outcome =
  | { readonly kind: 'Waiting' }
  | { readonly kind: 'Passed'; readonly took: number }
  | { readonly kind: 'Failed'; readonly error: unknown };

/** Lists the beginning of a bucket, which takes all that a connection can get wrong. */
export function ConnectionTest({ connection: { name } }: { readonly connection: ConnectionInfo }) {
  const { test: words } = useMessages().connections;
  const [url, setUrl] = useState('');
  const [outcome, setOutcome] = useState<Outcome>();
  const test = async () => {
    setOutcome({ kind: 'Waiting' });
    try {
      setOutcome({ kind: 'Passed', took: await testConnection(name, url.trim(), new AbortController().signal) });
    } catch (error) {
      setOutcome({ kind: 'Failed', error });
    }
  };
  return (
    <section className="connection-test" aria-label={words.title}>
      <h3 className="connection-label">{words.title}</h3>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (url.trim() !== '') void test();
        }}
      >
        <TextField
          label={words.url}
          value={url}
          onChange={setUrl}
          isMono
          spellCheck={false}
          placeholder={words.urlHint}
        />
        <Button type="submit" icon={Zap} disabled={url.trim() === '' || outcome?.kind === 'Waiting'}>
          {words.action}
        </Button>
      </form>
      {outcome?.kind === 'Waiting' && <p role="status">{words.busy}</p>}
      {outcome?.kind === 'Passed' && (
        <p className="connection-passed" role="status">
          <Icon of={CircleCheck} className="ok" />
          {words.passed(format.duration(outcome.took))}
        </p>
      )}
      {outcome?.kind === 'Failed' && <ErrorCard error={outcome.error} />}
    </section>
  );
}
