const CREST = 'c4-4 8-4 12 0s8 4 12 0';
const CREST_WIDTH = 24;

const WAVES = [
  { top: 92, left: 0, right: 420, colour: 'var(--mark-3)' },
  { top: 102, left: 24, right: 400, colour: 'var(--mark-3)' },
  { top: 112, left: 60, right: 420, colour: 'var(--mark-4)' },
  { top: 122, left: 96, right: 372, colour: 'var(--mark-4)' },
] as const;

function wave({ top, left, right }: (typeof WAVES)[number]): string {
  const crests = Math.floor((right - left) / CREST_WIDTH);
  return `M${left} ${top}${CREST.repeat(crests)}H${right}`;
}

/** A boathouse on the water. Decoration. */
export function Scene() {
  return (
    <svg className="home-scene" viewBox="0 0 420 132" fill="none" aria-hidden="true">
      <path
        d="M0 80C40 60 76 52 116 62s58 14 92-4 70-18 104 2 62 16 108 6v16H0z"
        fill="var(--mark-4)"
        opacity=".55"
        stroke="none"
      />
      {WAVES.map((line) => (
        <path key={line.top} d={wave(line)} stroke={line.colour} />
      ))}
      <path d="M196 82V52l44-26 44 26v30" fill="var(--bg-1)" stroke="var(--accent)" />
      <path d="M186 56l54-33 54 33" stroke="var(--accent)" />
      <path d="M220 82V66a20 20 0 0 1 40 0v16z" fill="var(--accent-bg)" stroke="var(--accent)" />
      <path d="M208 82V58M272 82V58" stroke="var(--mark-3)" />
      <path d="M176 83h128" stroke="var(--accent)" />
      <path d="M190 83v12M206 83v9M274 83v9M290 83v12" stroke="var(--mark-2)" />
      <path d="M226 78h28l-4 6h-20z" fill="var(--accent)" stroke="none" />
    </svg>
  );
}
