import { Select } from '../../components/Field.tsx';
import { BYTES_LIMITS, bytesLimit } from '../../data/bytes-limit.ts';
import { format } from '../../lib/format.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { useStore } from '../../lib/store.ts';
import { SettingsSection } from './SettingsSection.tsx';

/** From how many bytes on a query asks before it reads. */
export function ReadingSection() {
  const { reading: words } = useMessages().settings;
  const limit = useStore(bytesLimit);
  return (
    <SettingsSection title={words.title}>
      <Select
        label={words.limit}
        value={String(limit ?? '')}
        onChange={(value) => bytesLimit.set(BYTES_LIMITS.find((one) => String(one) === value))}
        options={[
          { value: '', label: words.never },
          ...BYTES_LIMITS.map((one) => ({ value: String(one), label: format.bytes(one) })),
        ]}
      />
      <p className="faint small">{words.about}</p>
    </SettingsSection>
  );
}
