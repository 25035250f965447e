import { useRef } from 'react';

const PAUSE = 700;

/** Letters that are typed soon after each other are one word: gives the word so far for each. */
export function useTyped(): (letter: string) => string {
  const typed = useRef({ text: '', at: 0 });
  return (letter) => {
    const now = performance.now();
    const { text, at } = typed.current;
    typed.current = { text: now - at < PAUSE ? text + letter : letter, at: now };
    return typed.current.text;
  };
}
