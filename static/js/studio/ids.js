// Ids that are made of titles and numbers.

/** An id made of the words of a title, "" when there is no letter to make it of. @param {string} title */
export function slug(title) {
  const plain = title.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+/, "").slice(0, 40).replace(/-+$/, "");
}

/** `base`, or `base` with the first number that makes it new. @param {Set<string>} taken @param {string} base */
export function freeId(taken, base) {
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** `stem-1`, `stem-2`…: the first that is free. @param {Set<string>} taken @param {string} stem */
export function nextId(taken, stem) {
  let number = 1;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}
