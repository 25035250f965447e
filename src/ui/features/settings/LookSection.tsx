import { Select } from '../../components/Field.tsx';
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, useLanguageChoice } from '../../lib/language.ts';
import { DENSITIES, EDITOR_SIZES, setLook, THEMES, useLook } from '../../lib/look.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import { SettingsSection } from './SettingsSection.tsx';

export function LookSection() {
  const { look: words } = useMessages().settings;
  const choice = useLanguageChoice();
  const look = useLook();
  return (
    <SettingsSection title={words.title}>
      <Select
        label={words.language}
        value={choice}
        onChange={(value) => chooseLanguage(LANGUAGES.find((id) => id === value) ?? 'system')}
        options={[
          { value: 'system', label: words.system },
          ...LANGUAGES.map((id) => ({ value: id, label: LANGUAGE_NAMES[id] })),
        ]}
      />
      <Select
        label={words.theme}
        value={look.theme}
        onChange={(value) => setLook({ theme: THEMES.find((id) => id === value) ?? 'system' })}
        options={THEMES.map((id) => ({ value: id, label: words.themes[id] }))}
      />
      <Select
        label={words.density}
        value={look.density}
        onChange={(value) => setLook({ density: DENSITIES.find((id) => id === value) ?? 'compact' })}
        options={DENSITIES.map((id) => ({ value: id, label: words.densities[id] }))}
      />
      <Select
        label={words.editorSize}
        value={String(look.editorSize ?? '')}
        onChange={(value) => setLook({ editorSize: EDITOR_SIZES.find((size) => String(size) === value) })}
        options={[
          { value: '', label: words.sizeByDensity },
          ...EDITOR_SIZES.map((size) => ({ value: String(size), label: words.pixels(String(size)) })),
        ]}
      />
    </SettingsSection>
  );
}
