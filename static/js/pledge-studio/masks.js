// The form of an answer, as the server reads it (`pledge/masks.py`): A a letter, 9 a digit, * either, [ ] what may be left out.

export const LONGEST = 40;
/** @type {Record<string, string>} */
const ONE = {A: "\\p{L}", 9: "[0-9]", "*": "[\\p{L}\\p{N}]"};
const SPECIAL = new Set("\\^$.|?*+()[]{}/");

/** True for a form that can be used: brackets in pairs, not within each other, not empty, and not too long. @param {string} mask */
export const sound = (mask) => [...mask].length <= LONGEST && /^(?:[^[\]]|\[[^[\]]+\])+$/u.test(mask);

/** True when `answer` has the form of `mask`. @param {string} answer @param {string} mask */
export function fits(answer, mask) {
  const parts = [...mask].map((letter) => {
    if (letter === "[") return "(?:";
    if (letter === "]") return ")?";
    return ONE[letter] ?? (SPECIAL.has(letter) ? `\\${letter}` : letter);
  });
  return new RegExp(`^(?:${parts.join("")})$`, "u").test(answer);
}
