import './Tabs.css';
import { Tabs as Radix, ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';

export interface TabItem<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  /** A figure beside the label. */
  readonly count?: string | undefined;
}

export interface SubtabsProps<Id extends string> {
  readonly label: string;
  readonly items: readonly TabItem<Id>[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  /** The panel of the chosen tab. */
  readonly children: ReactNode;
}

/** Underlined tabs with one panel that fills the rest of the pane. */
export function Subtabs<Id extends string>({ label, items, value, onChange, children }: SubtabsProps<Id>) {
  const choose = (next: string) => {
    const item = items.find(({ id }) => id === next);
    if (item) onChange(item.id);
  };
  return (
    <Radix.Root className="tabs-root" value={value} onValueChange={choose}>
      <Radix.List className="subtabs" aria-label={label}>
        {items.map((item) => (
          <Radix.Trigger key={item.id} value={item.id} className="subtab">
            {item.label}
            {item.count !== undefined && <span className="n">{item.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content key={value} value={value} className="tabs-panel">
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}

export interface SegmentsProps<Id extends string> {
  readonly label: string;
  readonly items: readonly TabItem<Id>[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
}

/** One of a few ways to look at the same thing. */
export function Segments<Id extends string>({ label, items, value, onChange }: SegmentsProps<Id>) {
  const choose = (next: string) => {
    const item = items.find(({ id }) => id === next);
    if (item) onChange(item.id);
  };
  return (
    <ToggleGroup.Root className="seg" type="single" aria-label={label} value={value} onValueChange={choose}>
      {items.map((item) => (
        <ToggleGroup.Item key={item.id} value={item.id} className="seg-item">
          {item.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
