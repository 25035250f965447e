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
 * few enough that a dictionary of them takes less than a byte a value. Their lengths are exact, so that the distance
 * of a frame to itself is zero and not a rounding error.
 */
export function embeddingValues(rows) {
  const values = new Float32Array(rows.length * DIMENSION);
  for (const [row, { frame, scene = GUIDE_SCENE, shared, own }] of rows.entries()) {
    const common = direction(scene);
    const rest = direction(frame);
    const numbers = Array.from({ length: DIMENSION - 4 }, (_, at) => Math.round(common[at] * shared + rest[at] * own));
    for (const [at, number] of withWholeLength(numbers).entries()) {
      // Without its sign, since a zero has two.
      values[row * DIMENSION + at] = (number || 0) / 64;
    }
  }
  return values;
}

/** With four more numbers, so that the squares of all add up to that of a whole number. */
function withWholeLength(numbers) {
  const sum = numbers.reduce((total, number) => total + number * number, 0);
  const length = Math.ceil(Math.sqrt(sum));
  return [...numbers, ...fourSquares(length * length - sum)];
}

/** Four numbers whose squares add up to `sum`; by Lagrange there always are. */
function fourSquares(sum) {
  for (let a = Math.floor(Math.sqrt(sum / 4)); ; a++) {
    for (let b = 0; a * a + b * b <= sum; b++) {
      for (let c = b; a * a + b * b + c * c <= sum; c++) {
        const d = Math.sqrt(sum - a * a - b * b - c * c);
        if (Number.isInteger(d)) return [a, b, c, d];
      }
    }
  }
}
