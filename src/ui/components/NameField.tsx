import { useMessages } from '../lib/messages/messages.ts';
import { isName } from '../lib/name.ts';
import { TextField } from './Field.tsx';

export interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  /** The name that it gets unless another is given. */
  readonly placeholder?: string | undefined;
  readonly onChange: (value: string) => void;
}

/** The name of something new, which stands in its statement without quotes. */
export function NameField(props: NameFieldProps) {
  const { common } = useMessages();
  const { value, placeholder = '' } = props;
  const name = value || placeholder;
  const problem = name === '' || isName(name) ? undefined : common.badName;
  return <TextField {...props} isMono spellCheck={false} autoComplete="off" problem={problem} />;
}
