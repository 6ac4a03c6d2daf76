// Looking something up gives `undefined` or null where there is nothing. Our code looks up mostly what it knows to be there (a key out of
// the same list, a pattern that always fits), so what is found is not asked about everywhere: the tests do that.

interface Array<T> {
  at(index: number): T;
  find(predicate: (value: T, index: number, all: T[]) => unknown): T;
}

interface Map<K, V> {
  get(key: any): V;
}

interface RegExp {
  exec(text: string): any;
}
