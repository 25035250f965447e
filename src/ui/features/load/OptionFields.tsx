import { Switch, TextField } from '../../components/Field.tsx';
import { Segments } from '../../components/Tabs.tsx';
import { useMessages } from '../../lib/messages/messages.ts';
import type { OnError } from './load-plan.ts';
import { isPlain } from './load-statements.ts';
import type { LoadModel } from './use-load.ts';

const ON_ERROR: readonly OnError[] = ['CONTINUE', 'ABORT', 'AFTER'];

/** The options of COPY INTO. */
export function OptionFields({ model: { form, change, plan } }: { readonly model: LoadModel }) {
  const { options: words } = useMessages().load;
  const items = ON_ERROR.map((id) => ({ id, label: words.errors[id] }));
  return (
    <section className="load-block">
      <h3>{words.title}</h3>
      <div className="load-option">
        <span>
          {words.onError} <span className="mono faint">ON_ERROR</span>
        </span>
        <Segments
          label={words.onError}
          items={items}
          value={form.onError}
          onChange={(onError) => change({ onError })}
        />
      </div>
      {form.onError === 'AFTER' && (
        <div className="load-option">
          <span>{words.mostErrors}</span>
          <TextField
            label={words.mostErrors}
            hideLabel
            size="s"
            className="load-number"
            inputMode="numeric"
            value={String(form.mostErrors)}
            onChange={(text) => change({ mostErrors: Number(text.replace(/\D/g, '')) || 1 })}
          />
        </div>
      )}
      {form.onError !== 'ABORT' && plan && !isPlain(plan) && <p className="load-note">{words.exprErrors}</p>}
      <div className="load-option" title={words.forceText}>
        <Switch label={words.force} isOn={form.isForced} onChange={(isForced) => change({ isForced })} />
        <span className="mono faint">FORCE</span>
      </div>
      {form.isForced && <p className="load-note">{words.forceText}</p>}
      <div className="load-option" title={words.purgeText}>
        <Switch label={words.purge} isOn={form.isPurged} onChange={(isPurged) => change({ isPurged })} />
        <span className="mono faint">PURGE</span>
      </div>
      {form.isPurged && <p className="load-note">{words.purgeText}</p>}
      <div className="load-option">
        <span>
          {words.limit} <span className="mono faint">SIZE_LIMIT</span>
        </span>
        <TextField
          label={words.limit}
          hideLabel
          size="s"
          className="load-number"
          inputMode="numeric"
          placeholder={words.none}
          value={form.sizeLimit}
          onChange={(text) => change({ sizeLimit: text.replace(/\D/g, '') })}
        />
      </div>
    </section>
  );
}
