import './ParameterBar.css';
import { useMemo } from 'react';
import { Select, TextField } from '../../components/Field.tsx';
import { changeWorksheet, type Worksheet } from '../../data/worksheets.ts';
import { useMessages } from '../../lib/messages/messages.ts';
import {
  givenValue,
  isGiven,
  PARAMETER_TYPES,
  type ParameterType,
  type ParameterValue,
  parameterNames,
} from '../../lib/parameters.ts';
import { parameterFieldId } from './parameter-text.ts';

const INPUTS: { readonly [K in ParameterType]?: string } = { Date: 'date', Timestamp: 'datetime-local' };

/** A field for each parameter of the text, `:name` or `{{name}}`; what is given stays with the worksheet. */
export function ParameterBar({ sheet }: { readonly sheet: Worksheet }) {
  const { worksheet: words } = useMessages();
  const { id, text, parameters } = sheet;
  const names = useMemo(() => parameterNames(text), [text]);
  if (names.length === 0) return null;
  return (
    <section className="parameters" aria-label={words.parameters}>
      {names.map(({ name, type }) => (
        <ParameterField
          key={name}
          id={parameterFieldId(id, name)}
          name={name}
          value={givenValue(parameters, name) ?? { type, text: '' }}
          onChange={(value) => changeWorksheet(id, { parameters: { ...parameters, [name]: value } })}
        />
      ))}
    </section>
  );
}

interface ParameterFieldProps {
  readonly id: string;
  readonly name: string;
  readonly value: ParameterValue;
  readonly onChange: (value: ParameterValue) => void;
}

function ParameterField({ id, name, value, onChange }: ParameterFieldProps) {
  const { worksheet: words } = useMessages();
  const { type, text } = value;
  const types = PARAMETER_TYPES.map((one) => ({ value: one, label: words.parameterTypes[one] }));
  const change = (next: string) => onChange({ type, text: next });
  const isWrong = text !== '' && !isGiven(value);
  return (
    <div className="parameter">
      <span className="parameter-name mono" aria-hidden title={name}>
        {name}
      </span>
      <Select
        label={words.parameterType(name)}
        hideLabel
        size="s"
        look="quiet"
        value={type}
        options={types}
        onChange={(next) => onChange({ text, type: PARAMETER_TYPES.find((one) => one === next) ?? type })}
      />
      <div id={id}>
        {type === 'Boolean' ? (
          <Select
            label={words.parameter(name)}
            hideLabel
            size="s"
            value={text}
            options={['', 'true', 'false'].map((one) => ({ value: one, label: one }))}
            onChange={change}
          />
        ) : (
          <TextField
            label={words.parameter(name)}
            hideLabel
            size="s"
            isMono
            type={INPUTS[type] ?? 'text'}
            inputMode={type === 'Number' ? 'decimal' : undefined}
            step={type === 'Timestamp' ? 1 : undefined}
            value={text}
            problem={isWrong ? words.parameterWrong[type] : undefined}
            onChange={change}
          />
        )}
      </div>
    </div>
  );
}
