/** A text with code between backticks. */
export function Prose({ text }: { readonly text: string }) {
  const pieces = text.split('`');
  return pieces.map((piece, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have no name but their place.
      <code key={index} className="mono">
        {piece}
      </code>
    ) : (
      piece
    ),
  );
}
