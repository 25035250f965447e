import { type ReactNode, useId } from 'react';

export interface SectionProps {
  readonly title: string;
  /** Figures beside the title. */
  readonly facts?: ReactNode;
  /** At the end of the line. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the page under a line with its title. */
export function Section({ title, facts, end, children }: SectionProps) {
  const id = useId();
  return (
    <section className="load-section" aria-labelledby={id}>
      <header className="load-section-head">
        <h2 id={id}>{title}</h2>
        {facts}
        <span className="grow" />
        {end}
      </header>
      {children}
    </section>
  );
}
