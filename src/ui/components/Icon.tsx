import type { LucideIcon } from 'lucide-react';
import { cx } from '../lib/cx.ts';

export interface IconProps {
  readonly of: LucideIcon;
  /** 12 or 20 px; 16 (18 at comfortable density) if absent. */
  readonly size?: 's' | 'l' | undefined;
  readonly className?: string | undefined;
}

/** Decoration: what it says is also said by a word beside it or by the control's label. */
export function Icon({ of: Shape, size, className }: IconProps) {
  return <Shape className={cx('ic', size, className)} aria-hidden />;
}
