import './Field.css';
import { ChevronDown, type LucideIcon } from 'lucide-react';
import { Switch as RadixSwitch } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from '../lib/cx.ts';
import { Icon } from './Icon.tsx';

type InputProps = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'size'>;

export interface TextFieldProps extends InputProps {
  readonly label: string;
  /** The label is the name only: a search box with a placeholder. */
  readonly hideLabel?: boolean | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly icon?: LucideIcon | undefined;
  readonly isMono?: boolean | undefined;
  readonly look?: 'quiet' | undefined;
  readonly size?: 's' | undefined;
  /** What is wrong with the value, shown under it. */
  readonly problem?: string | undefined;
  /** Stands inside the box, at its end. */
  readonly end?: ReactNode;
}

export function TextField(props: TextFieldProps) {
  const { label, hideLabel, value, onChange, icon, isMono, look, size, problem, end, className, ...rest } = props;
  const id = useId();
  const problemId = `${id}-problem`;
  return (
    <div className={cx('field', className)}>
      {!hideLabel && (
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
      )}
      <span className={cx('input', look, size, problem !== undefined && 'is-bad')}>
        {icon && <Icon of={icon} />}
        <input
          id={id}
          className={cx(isMono && 'mono')}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-label={hideLabel ? label : undefined}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : problemId}
          {...rest}
        />
        {end}
      </span>
      {problem !== undefined && (
        <p className="field-problem" id={problemId}>
          {problem}
        </p>
      )}
    </div>
  );
}

export interface SelectProps {
  readonly label: string;
  readonly hideLabel?: boolean | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly look?: 'quiet' | undefined;
  readonly size?: 's' | undefined;
}

export function Select({ label, hideLabel, value, onChange, options, look, size }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      {!hideLabel && (
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
      )}
      <span className={cx('input select', look, size)}>
        <select
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-label={hideLabel ? label : undefined}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon of={ChevronDown} size="s" />
      </span>
    </div>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Switch({ label, isOn, onChange }: ToggleProps) {
  const id = useId();
  return (
    <span className="toggle">
      <RadixSwitch.Root id={id} className="switch" checked={isOn} onCheckedChange={onChange}>
        <RadixSwitch.Thumb className="switch-thumb" />
      </RadixSwitch.Root>
      <label htmlFor={id}>{label}</label>
    </span>
  );
}
