import { dice } from './fleet.mjs';

export const DIMENSION = 768;

/** Of the guides' frames, where a row names no scene of its own. */
const GUIDE_SCENE = 'guide';

/** The same text has the same direction; two texts have nearly perpendicular ones. Bell-shaped, from -27 to 27. */
function direction(text) {
  let seed = 7;
  for (const letter of text) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) | 0;
  const roll = dice(seed);
  return Float64Array.from({ length: DIMENSION }, () => roll(19) + roll(19) + roll(19) - 27);
}

/**
 * Embeddings of frames, one after the other. Frames of one scene are near each other; the numbers are sixty-fourths,
 * few enough that a dictionary of them takes less than a byte a value.
 */
export function embeddingValues(rows) {
  const values = new Float32Array(rows.length * DIMENSION);
  for (const [row, { frame, scene = GUIDE_SCENE, shared, own }] of rows.entries()) {
    const common = direction(scene);
    const rest = direction(frame);
    for (let at = 0; at < DIMENSION; at++) {
      // Without its sign, since a zero has two.
      values[row * DIMENSION + at] = (Math.round((common[at] ?? 0) * shared + (rest[at] ?? 0) * own) || 0) / 64;
    }
  }
  return values;
}
